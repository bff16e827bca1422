"""Pages of plans, tasks, targets and steering documents."""

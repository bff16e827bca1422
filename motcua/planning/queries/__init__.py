"""Answers about plans and tasks that are not rows."""

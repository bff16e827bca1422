"""Forms of the planning pages."""

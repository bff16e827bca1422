"""Answers about indicators."""

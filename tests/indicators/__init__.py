"""Indicators: defined as dated data, valued from the records, read by targets."""

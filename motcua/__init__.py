"""Một Cửa: a commune's administrative-reform plan, from its text to the signed report."""

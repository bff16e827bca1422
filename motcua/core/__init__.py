"""Pure Python, no Django: what every floor above may use.

Work calendar, workflow tables, periods, Vietnamese text, and the one class of refusals.
"""

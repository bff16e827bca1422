"""Periodic reports: drafted from the state on the cut-off date, edited, approved, frozen.

Law: Decree 09/2019 (reporting), Decree 30/2020 (layout).
"""

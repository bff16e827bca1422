"""Indicators over what the apps count: dated definitions, values, rows, and the targets that read
them.

Law: Decision 766/QĐ-TTg (how the handling of procedures is judged), Decree 61/2018/NĐ-CP and Decree
118/2025/NĐ-CP (the one-stop desk).
"""

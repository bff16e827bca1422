"""The yearly administrative-reform plan: its text, targets, tasks, assignment and progress.

Law: Resolution 76/NQ-CP (2021) on the overall programme of administrative reform 2021-2030;
Decree 30/2020/ND-CP on official documents. The reader of plans lives in ``reader`` (pure Python).
"""

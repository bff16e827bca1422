"""Dossiers of the one-stop desk: from intake to result, by the clock of the law.

Decree 61/2018/NĐ-CP with 107/2021 (to 30 June 2025), Decree 118/2025/NĐ-CP (after); what the two
say differently is a dated rule set in ``packs/dossiers/rulesets.yaml``.
"""

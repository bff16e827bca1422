"""The law of dossiers in pure Python."""

from motcua.dossiers.rules.clock import Due, Timeliness, timeliness
from motcua.dossiers.rules.rulesets import RuleSet, SlipKind, rule_set_on
from motcua.dossiers.rules.status import CLOSED, NATIONAL, OPEN, PAUSED, RUNNING, STEPS
from motcua.dossiers.rules.status import DossierStatus as DossierStatus

__all__ = [
    "CLOSED",
    "NATIONAL",
    "OPEN",
    "PAUSED",
    "RUNNING",
    "STEPS",
    "DossierStatus",
    "Due",
    "RuleSet",
    "SlipKind",
    "Timeliness",
    "rule_set_on",
    "timeliness",
]

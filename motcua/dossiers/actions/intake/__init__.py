"""Take in a dossier: at the desk, from afar; refuse it, or say what is still missing."""

from motcua.dossiers.actions.intake.guiding import (
    ask_completion,
    complete,
    guide,
    refuse,
    submit,
    turn_away,
)
from motcua.dossiers.actions.intake.receiving import accept, receive
from motcua.dossiers.actions.intake.typed import (
    ApplicantData,
    FeeData,
    IdNumberWrong,
    Intake,
    NameMissing,
    NotInForce,
    PaperData,
    PapersMissing,
    ReceivedInFuture,
)

__all__ = [
    "ApplicantData",
    "FeeData",
    "IdNumberWrong",
    "Intake",
    "NameMissing",
    "NotInForce",
    "PaperData",
    "PapersMissing",
    "ReceivedInFuture",
    "accept",
    "ask_completion",
    "complete",
    "guide",
    "receive",
    "refuse",
    "submit",
    "turn_away",
]

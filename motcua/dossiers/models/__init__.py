"""Dossiers with what belongs to them: applicant, papers, steps, pauses, charges, slips, events."""

from motcua.dossiers.models.applicants import Applicant, ApplicantKind, ApplicantQuerySet
from motcua.dossiers.models.course import (
    GUIDING,
    DossierStep,
    Event,
    Pause,
    PauseKind,
    Redating,
)
from motcua.dossiers.models.desk import Draft, Ticket, TicketQuerySet
from motcua.dossiers.models.dossiers import (
    NO_DEADLINE,
    STAGE_CLOSED,
    STAGE_OPEN,
    STAGE_READY,
    Dossier,
    DossierQuerySet,
    ReturnWay,
)
from motcua.dossiers.models.papers import Charge, DossierPaper, PayWay, Refund
from motcua.dossiers.models.rollups import Cell, Folding, Unfolded
from motcua.dossiers.models.slips import Counter, Slip
from motcua.dossiers.models.words import bare_number, one_of

__all__ = [
    "GUIDING",
    "NO_DEADLINE",
    "STAGE_CLOSED",
    "STAGE_OPEN",
    "STAGE_READY",
    "Applicant",
    "ApplicantKind",
    "ApplicantQuerySet",
    "Cell",
    "Charge",
    "Counter",
    "Dossier",
    "DossierPaper",
    "DossierQuerySet",
    "DossierStep",
    "Draft",
    "Event",
    "Folding",
    "Pause",
    "PauseKind",
    "PayWay",
    "Redating",
    "Refund",
    "ReturnWay",
    "Slip",
    "Ticket",
    "TicketQuerySet",
    "Unfolded",
    "bare_number",
    "one_of",
]

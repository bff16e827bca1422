"""Forms of dossiers: the intake, and one for each step."""

from motcua.dossiers.forms.intake import IntakeForm
from motcua.dossiers.forms.steps import STEP_FORMS, StepForm

__all__ = ["STEP_FORMS", "IntakeForm", "StepForm"]

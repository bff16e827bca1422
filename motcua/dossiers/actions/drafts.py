"""Keep what an interrupted intake held, for its clerk alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from motcua.dossiers.models import Draft
from motcua.org.models import Agency, Person


@transaction.atomic
def save_draft(
    *,
    agency: Agency,
    typed: Mapping[str, str],
    title: str,
    by: Person,
    at: datetime,
    draft: Draft | None = None,
) -> Draft:
    """Keep the form's fields as they are; an unfinished form is no business record, no trace."""
    row = draft or Draft(agency=agency, person=by)
    row.typed, row.title, row.saved_at = json.dumps(dict(typed)), title[:200], at
    row.save()
    return row


@transaction.atomic
def drop_draft(*, draft: Draft) -> None:
    """The intake is done, or given up."""
    draft.delete()

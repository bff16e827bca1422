"""Keep and withdraw files. Nothing is deleted: a wrong file is withdrawn with a reason."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction

from motcua.audit.actions import record
from motcua.audit.rules import Actor
from motcua.files.models import Attachment
from motcua.files.rules import check_file, clean_name


@transaction.atomic
def attach(
    *,
    chain: str,
    to: models.Model,
    kind: str,
    name: str,
    content: bytes,
    by: Actor,
    at: datetime,
) -> Attachment:
    """Check a file at the door and keep it with a record. Raises a refusal of ``files.rules``.

    The same content on the same record is kept once: a form sent twice makes one file.
    """
    bare = clean_name(name)
    media = check_file(bare, content)
    digest = hashlib.sha256(content).hexdigest()
    same = Attachment.objects.of(to).filter(sha256=digest, kind=kind).first()
    if same is not None:
        return same
    attachment = Attachment(
        chain=chain,
        object_type=to._meta.label_lower,
        object_id=to.pk,
        kind=kind,
        name=bare,
        media=media,
        size=len(content),
        sha256=digest,
        added_by=by.name,
        added_at=at,
    )
    # Content first: a row without its content cannot be, content without a row does no harm.
    if not default_storage.exists(attachment.path):
        default_storage.save(attachment.path, ContentFile(content))
    attachment.save()
    record(
        chain=chain,
        action="files.attach",
        obj=to,
        by=by,
        at=at,
        data={"kind": kind, "name": bare, "sha256": digest, "size": len(content)},
        label=bare,
    )
    return attachment


@transaction.atomic
def withdraw(*, attachment: Attachment, reason: str, by: Actor, at: datetime) -> Attachment:
    """Take a wrong file out of sight, with a reason; its content stays."""
    locked = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if locked.withdrawn_at is not None:
        return locked
    locked.withdrawn_at, locked.withdrawn_reason = at, reason[:300]
    locked.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    record(
        chain=locked.chain,
        action="files.withdraw",
        obj=locked,
        by=by,
        at=at,
        data={"name": locked.name, "sha256": locked.sha256, "reason": reason[:300]},
        label=locked.name,
    )
    return locked

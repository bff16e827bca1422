"""The job that lets a message leave."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from motcua.notify.backends import NoMailServer
from motcua.notify.models import Message


@task()  # type: ignore[untyped-decorator,unused-ignore] # the library ships no types
def deliver(message_id: int) -> str:
    """Mail one message; run twice, it mails once. Raises for a retry when the server fails."""
    message = Message.objects.select_related("account").get(pk=message_id)
    if message.state != Message.State.WAITING:
        return message.state
    body = message.body
    if message.url:
        body += f"\n\n{settings.PUBLIC_URL}{message.url}"
    mail = EmailMessage(message.subject, body, to=[message.account.email])
    mail.extra_headers["Message-ID"] = f"<{message.dedupe.replace(':', '.')}@motcua>"
    message.attempts += 1
    try:
        mail.send()
    except NoMailServer:
        message.state = Message.State.APP_ONLY
    except Exception as error:
        message.error = str(error)[:300]
        message.save(update_fields=["attempts", "error"])
        raise
    else:
        message.state, message.sent_at, message.error = Message.State.SENT, timezone.now(), ""
    message.save(update_fields=["state", "attempts", "sent_at", "error"])
    return message.state

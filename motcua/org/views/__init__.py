"""The organisation's pages: tree and people, one's own account, the trace."""

from motcua.org.views.me import delegate_to, end_token, first_password, me, new_token, revoke
from motcua.org.views.people import end, new_link, new_person, organisation, person
from motcua.org.views.trace import trace

__all__ = [
    "delegate_to",
    "end",
    "end_token",
    "first_password",
    "me",
    "new_link",
    "new_person",
    "new_token",
    "organisation",
    "person",
    "revoke",
    "trace",
]

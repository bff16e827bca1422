"""What an administrator or a person does with the organisation; the only writers of ``org``."""

from motcua.org.actions.access import (
    LinkSpent,
    create_token,
    digest_of,
    make_one_time_link,
    open_link,
    revoke_token,
    spend_link,
)
from motcua.org.actions.delegation import (
    DelegationOverlaps,
    DelegationToSelf,
    delegate,
    revoke_delegation,
)
from motcua.org.actions.packs import PackFaulty, load_agencies, load_roles, read_pack
from motcua.org.actions.people import (
    DatesReversed,
    NameTaken,
    add_person,
    appoint,
    end_service,
    enter_colleague,
    grant_role,
)
from motcua.org.actions.seeding import load_people

__all__ = [
    "DatesReversed",
    "DelegationOverlaps",
    "DelegationToSelf",
    "LinkSpent",
    "NameTaken",
    "PackFaulty",
    "add_person",
    "appoint",
    "create_token",
    "delegate",
    "digest_of",
    "end_service",
    "enter_colleague",
    "grant_role",
    "load_agencies",
    "load_people",
    "load_roles",
    "make_one_time_link",
    "open_link",
    "read_pack",
    "revoke_delegation",
    "revoke_token",
    "spend_link",
]

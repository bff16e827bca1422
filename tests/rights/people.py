"""What is open to everybody or to every account; people, keys, delegations, the trace."""

from tests.rights.rows import ACCOUNT, EVERYONE, Row
from tests.rights.world import COMMUNE, PEOPLE

MINE = {"only": {"chutich"}, "hidden": True}
COLLEAGUE = {"args": lambda w: [w.colleague.pk], "sees": "org.view"}
MANAGE = COLLEAGUE | {"needs": "org.manage"}
SERVING = {row["username"] for row in PEOPLE if row["agency"] == COMMUNE and "post" in row}

OPEN = [
    *(
        Row(name, who=EVERYONE)
        for name in ("healthz", "readyz", "audit:roots", "audit:roots_file", "audit:program")
    ),
    *(Row(f"api:{name}", who=EVERYONE) for name in ("openapi-json", "openapi-view")),
    *(
        Row(f"account_{name}", who=EVERYONE)
        for name in (
            "login",
            "logout",
            "signup",
            "inactive",
            "email_verification_sent",
            "reset_password",
            "reset_password_done",
            "reset_password_from_key_done",
        )
    ),
    Row("account_confirm_email", args=["x"], who=EVERYONE),
    Row("account_reset_password_from_key", args=["1", "x-y"], who=EVERYONE),
    Row("set_language", "POST", sent={"language": "vi"}, who=EVERYONE, traceless=True),
    Row("org:first_password", args=lambda w: [w.link], who=EVERYONE),
    Row("ui:gallery", who=EVERYONE),
    *(
        Row(f"ui:gallery-{name}", who=EVERYONE)
        for name in ("work", "today", "form", "confirm", "detail")
    ),
    Row("ui:gallery-error", args=[409], who=EVERYONE),
    *(
        Row(name, who=ACCOUNT)
        for name in (
            "home",
            "usersessions_list",
            "account_email",
            "account_change_password",
            "account_set_password",
            "account_reauthenticate",
            "account_confirm_login_code",
        )
    ),
]
PAGES = [
    Row(
        "search",
        query="q=giao",
        who=ACCOUNT,
        sees="planning.view",
        shows=lambda w: f"/{w.assigned.pk}/",
    ),
    Row("org:organisation", sees="org.view", shows=lambda w: f"/org/people/{w.colleague.pk}/"),
    Row("org:me"),
    Row("org:delegate"),
    Row("org:delegate", "POST", sent={"receiver": "0"}, traceless=True),
    Row("org:revoke", "POST", args=lambda w: [w.delegation.pk], **MINE),
    Row("org:new_token", "POST", sent={"name": "x", "days": "30"}),
    Row("org:revoke_token", "POST", args=lambda w: [w.token.pk], **MINE),
    Row("org:new_person", needs="org.manage", home=True),
    Row(
        "org:new_person",
        "POST",
        sent=lambda w: {
            "full_name": "Lê Văn Tám",
            "username": "letam",
            "email": "letam@example.org",
            "role": w.org.tuphap.grants.get().role_id,
            "since": "18/3/2024",
        },
        needs="org.manage",
        home=True,
    ),
    Row("org:person", **COLLEAGUE),
    Row("org:end_service", "POST", sent={"on": "31/3/2024"}, **MANAGE),
    Row("org:new_link", "POST", traceless=True, **MANAGE),
    Row("org:trace", sees="org.trace", shows="Việc mới giao"),
]
OPERATIONS = [
    Row("/org/me"),
    Row("/org/agencies", sees="org.view", shows=lambda w: w.org.commune.name),
    Row("/org/posts", query="agency=15997", sees="org.view", shows='"justice"'),
    Row("/org/people", query="agency=15997", sees="org.view"),
    Row(
        "/org/delegations",
        "POST",
        sent=lambda w: {
            "receiver_id": w.org.diachinh.pk,
            "valid_from": "2024-04-01",
            "valid_to": "2024-04-05",
            "reason": "Tập huấn",
        },
        only=SERVING | {"quantri", "ketnoi", "key"},  # colleagues of the receiver
        hidden=True,
    ),
    Row("/org/delegations/{pk}/revoke", "POST", args=lambda w: {"pk": w.delegation.pk}, **MINE),
    Row("/org/trace", query="limit=500", sees="org.trace", shows='"chain": "15997"'),
    Row("/org/day-roots", sees="org.view", shows='"chain": "15997"'),
]
ROWS = [*OPEN, *PAGES, *OPERATIONS]

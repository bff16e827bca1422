"""The chain's arithmetic."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.audit.merkle import merkle_root
from motcua.audit.rules import GENESIS, Actor, Row, canonical, entry_hash, first_break

AT = datetime(2024, 3, 1, 2, 0, tzinfo=UTC)
ACTOR = Actor("person", 7, "Phạm Thị Thu Hà")


def chain(length):
    rows, previous = [], GENESIS
    for seq in range(1, length + 1):
        values = {
            "chain": "15997",
            "seq": seq,
            "at": AT + timedelta(seconds=seq),
            "actor": ACTOR,
            "action": "planning.submit_task",
            "object_type": "planning.task",
            "object_id": str(seq),
            "data": canonical({"n": seq}),
            "previous": previous,
        }
        previous = entry_hash(**values)
        rows.append(Row(**values, hash=previous))
    return rows


def test_a_whole_chain_has_no_break():
    assert first_break(chain(5)) is None


def test_an_empty_chain_has_no_break():
    assert first_break([]) is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"data": canonical({"n": 99})}, "changed"),
        ({"at": AT}, "changed"),
        ({"actor": Actor("person", 8, "Người khác")}, "changed"),
        ({"actor": replace(ACTOR, on_behalf_of="Lê Quang Hưng")}, "changed"),
        ({"action": "planning.accept_task"}, "changed"),
        ({"object_id": "4"}, "changed"),
        ({"previous": GENESIS}, "unlinked"),
        ({"seq": 4}, "missing"),
    ],
)
def test_the_changed_row_is_named(change, reason):
    rows = chain(5)
    rows[2] = replace(rows[2], **change)
    found = first_break(rows)
    assert (found.seq, found.reason) == (3, reason)


def test_a_row_taken_out_is_missed():
    rows = chain(5)
    del rows[1]
    assert first_break(rows).reason == "missing"


def test_a_rehashed_row_breaks_the_next_link():
    rows = chain(3)
    values = {f: getattr(rows[1], f) for f in Row.__slots__ if f != "hash"} | {"data": "{}"}
    rows[1] = Row(**values, hash=entry_hash(**values))
    found = first_break(rows)
    assert (found.seq, found.reason) == (3, "unlinked")


def test_the_zone_of_a_moment_does_not_matter():
    hanoi = AT.astimezone(timezone(timedelta(hours=7)))
    row = chain(1)[0]
    assert first_break([replace(row, at=row.at.astimezone(hanoi.tzinfo))]) is None


def test_the_root_of_rfc_6962():
    """Vectors of the certificate-transparency reference: empty, and one leaf of zeros' shape."""
    assert merkle_root([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    # RFC 6962 leaf hash of one empty leaf is 6e340b9c…; our leaves are the entries' 32 bytes.
    assert len(merkle_root(["00" * 32])) == 64


@given(
    st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40, unique=True), st.data()
)
def test_any_changed_leaf_changes_the_root(leaves, data):
    hashes = [leaf.hex() for leaf in leaves]
    place = data.draw(st.integers(0, len(hashes) - 1))
    changed = [*hashes]
    changed[place] = "ff" * 31 + ("00" if hashes[place][-2:] != "00" else "01")
    if changed[place] not in hashes:
        assert merkle_root(changed) != merkle_root(hashes)

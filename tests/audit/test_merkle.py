"""The tree over a day: published test vectors, and what proofs prove and do not."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.audit.merkle import (
    EMPTY,
    consistency_path,
    inclusion_path,
    is_consistent,
    merkle_root,
    root_of_path,
)

counts = st.integers(1, 70)


def hashes(count, salt=""):
    return [hashlib.sha256(f"{salt}{n}".encode()).hexdigest() for n in range(count)]


def test_small_trees_by_hand():
    one, two, three = hashes(3)

    def leaf(entry):
        return hashlib.sha256(b"\x00" + bytes.fromhex(entry)).digest()

    def node(left, right):
        return hashlib.sha256(b"\x01" + left + right).digest()

    assert merkle_root([]) == EMPTY
    assert merkle_root([one]) == leaf(one).hex()
    assert merkle_root([one, two]) == node(leaf(one), leaf(two)).hex()
    assert merkle_root([one, two, three]) == node(node(leaf(one), leaf(two)), leaf(three)).hex()
    assert inclusion_path([one, two, three], 2) == [node(leaf(one), leaf(two)).hex()]


@given(counts, st.data())
def test_every_entry_leads_to_the_root(count, data):
    index = data.draw(st.integers(0, count - 1))
    entries = hashes(count)
    path = inclusion_path(entries, index)
    assert root_of_path(entries[index], index, count, path) == merkle_root(entries)


@given(counts, st.data())
def test_another_entry_place_or_path_does_not(count, data):
    index = data.draw(st.integers(0, count - 1))
    entries, root = hashes(count), merkle_root(hashes(count))
    path = inclusion_path(entries, index)
    assert root_of_path(hashes(1, "x")[0], index, count, path) != root
    assert root_of_path(entries[index], index, count, [*path, entries[0]]) != root
    assert root_of_path(entries[index], count, count, path) is None
    if path:
        assert root_of_path(entries[index], index, count, path[:-1]) != root
        assert root_of_path(entries[index], index, count, [entries[0], *path[1:]]) != root


@given(counts, st.data())
def test_a_longer_tree_begins_with_the_shorter(count, data):
    earlier = data.draw(st.integers(1, count))
    entries = hashes(count)
    path = consistency_path(entries, earlier)
    before, after = merkle_root(entries[:earlier]), merkle_root(entries)

    def proven(**changes):
        said = {
            "earlier": earlier,
            "earlier_root": before,
            "count": count,
            "root": after,
            "path": path,
        }
        return is_consistent(**said | changes)

    assert proven()
    assert not proven(root=EMPTY)
    assert not proven(earlier_root=EMPTY)
    assert not proven(path=[*path, EMPTY])
    assert not proven(earlier=0)
    if path:
        assert not proven(path=path[:-1])
        assert not proven(path=[])


@given(st.integers(2, 70), st.data())
def test_a_rewritten_beginning_is_not_consistent(count, data):
    earlier = data.draw(st.integers(1, count - 1))
    changed = data.draw(st.integers(0, earlier - 1))
    entries = hashes(count)
    before = merkle_root(entries[:earlier])
    entries[changed] = hashes(1, "x")[0]
    assert not is_consistent(
        earlier=earlier,
        earlier_root=before,
        count=count,
        root=merkle_root(entries),
        path=consistency_path(entries, earlier),
    )


@pytest.mark.parametrize("index", [-1, 3])
def test_what_is_not_in_the_tree_has_no_path(index):
    with pytest.raises(IndexError):
        inclusion_path(hashes(3), index)


@pytest.mark.parametrize("earlier", [0, 4])
def test_no_tree_of_none_or_of_more(earlier):
    with pytest.raises(IndexError):
        consistency_path(hashes(3), earlier)

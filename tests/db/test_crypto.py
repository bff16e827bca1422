"""Personal identifiers at rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.db.crypto import WrongKey, blind_index, decrypt, encrypt

KEY, OTHER = b"k" * 32, b"o" * 32


@given(st.text())
def test_what_is_sealed_opens_again(text):
    assert decrypt(encrypt(text, key=KEY, column="t.c"), key=KEY, column="t.c") == text


def test_two_seals_differ():
    assert encrypt("038123456789", key=KEY, column="t.c") != encrypt(
        "038123456789", key=KEY, column="t.c"
    )


@pytest.mark.parametrize(("key", "column"), [(OTHER, "t.c"), (KEY, "t.other")])
def test_another_key_or_column_does_not_open(key, column):
    sealed = encrypt("038123456789", key=KEY, column="t.c")
    with pytest.raises(WrongKey):
        decrypt(sealed, key=key, column=column)


def test_an_unknown_version_does_not_open():
    with pytest.raises(WrongKey):
        decrypt("AAAA", key=KEY, column="t.c")


def test_the_blind_index_forgives_blanks_and_case():
    assert blind_index("038 123", key=KEY, column="a") == blind_index(
        "038123 ", key=KEY, column="a"
    )
    assert blind_index("038123", key=KEY, column="a") != blind_index(
        "038123", key=OTHER, column="a"
    )
    assert blind_index("038123", key=KEY, column="a") != blind_index("038123", key=KEY, column="b")

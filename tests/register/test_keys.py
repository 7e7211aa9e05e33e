from __future__ import annotations

import copy
import hashlib
import hmac
import pickle
import traceback

import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.errors import RegisterError
from socialpoll.register import LinkageKey

SECRET = b"\x0b" * 32


def test_a_pseudonym_is_the_hmac_of_kind_and_value():
    expected = hmac.new(SECRET, b"6:person12345678", hashlib.sha256).hexdigest()

    assert LinkageKey(SECRET).pseudonym("person", "12345678") == expected
    assert LinkageKey(SECRET).pseudonyms("person", ["12345678", "1"])[0] == expected


@settings(max_examples=20)
@given(st.binary(min_size=32, max_size=100), st.text(), st.lists(st.text(), max_size=5))
def test_pseudonyms_of_many_values_are_those_of_each(secret, kind, values):
    key = LinkageKey(secret)

    assert key.pseudonyms(kind, values) == [key.pseudonym(kind, one) for one in values]


def test_hmac_is_that_of_the_test_cases_of_rfc_4231():
    key = bytes(range(1, 26))
    expected = "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"

    assert hmac.digest(key, b"\xcd" * 50, "sha256").hex() == expected


def test_other_keys_and_other_kinds_give_pseudonyms_that_have_nothing_in_common():
    key, other = LinkageKey(SECRET), LinkageKey(b"\x0c" * 32)
    made = {
        one.pseudonym(kind, value)
        for one in (key, other)
        for kind, value in (("person", "1"), ("record", "1"), ("perso", "n1"), ("person1", ""))
    }

    assert len(made) == 8


@pytest.mark.parametrize("act", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_key_cannot_be_copied_or_pickled(act):
    with pytest.raises(RegisterError, match="cannot be copied"):
        act(LinkageKey(SECRET))


def test_a_key_is_shown_nowhere():
    key = LinkageKey(b"a secret that nobody else may see")

    assert repr(key) == str(key) == f"{key}" == "LinkageKey(...)"
    assert not hasattr(key, "__dict__")


@pytest.mark.parametrize("secret", [b"short secret", "a secret that is text and no bytes at all"])
def test_a_secret_that_cannot_be_used_is_refused_and_not_quoted(secret):
    with pytest.raises(RegisterError) as caught:
        LinkageKey(secret)

    assert "secret" not in "".join(traceback.format_exception_only(caught.value)).replace(
        "secrets.token_bytes", ""
    )
    assert caught.value.allowed == "32 bytes or more"


def test_a_key_is_read_from_a_file_that_only_its_owner_may_read(tmp_path):
    file = tmp_path / "key"
    file.write_bytes(SECRET)
    file.chmod(0o600)
    read = LinkageKey.read(file)

    assert read.pseudonym("person", "1") == LinkageKey(SECRET).pseudonym("person", "1")
    file.chmod(0o640)
    with pytest.raises(RegisterError, match="others may read the key"):
        LinkageKey.read(file)


def test_a_key_that_is_not_there_is_told(tmp_path):
    with pytest.raises(RegisterError) as caught:
        LinkageKey.read(tmp_path / "none")

    assert caught.value.found == "none (No such file or directory)"

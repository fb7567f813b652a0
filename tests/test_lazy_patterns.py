"""A pattern is compiled when it is first used, and then is what `re.compile` gives."""

from __future__ import annotations

import re

import pytest

from wflint.model.patterns import pattern


def test_it_is_compiled_when_it_is_first_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    plain = re.compile

    def counted(written: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(written)
        return plain(written, flags)

    monkeypatch.setattr(re, "compile", counted)
    words = pattern(r"(?P<word>[a-z]+)-", re.IGNORECASE)
    assert compiled == []
    assert [words.fullmatch(text) is not None for text in ("Loud-", "loud", "LOUD-")] == [True, False, True]
    assert compiled == [r"(?P<word>[a-z]+)-"]
    assert (words.pattern, words.sub("", "a-b-c")) == (r"(?P<word>[a-z]+)-", "c")


def test_it_may_be_of_bytes() -> None:
    assert pattern(rb"\d+").findall(b"1 and 22") == [b"1", b"22"]


def test_one_that_is_wrong_is_told_when_it_is_used() -> None:
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.search("text")

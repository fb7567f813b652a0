from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from wflint.matching.lexicon import DATA, Phrase, load
from wflint.matching.words import split_name, stem

LISTS = ("abbreviations", "attributes", "fillers", "negations", "numbers", "opposites", "roles", "synonyms", "works")


def phrase(words: str) -> Phrase:
    return tuple(stem(word) for word in split_name(words))


def share_a_set(table: Mapping[Phrase, frozenset[int]], one: Phrase, other: Phrase) -> bool:
    return bool(table.get(one, frozenset()) & table.get(other, frozenset()))


@pytest.mark.parametrize("name", LISTS)
def test_every_list_says_what_it_is_and_is_in_plain_words(name: str) -> None:
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    entries = [line for line in lines if line and not line.startswith("#")]
    assert entries
    assert [line for line in entries if not re.fullmatch(r"[a-z0-9_: ]+", line)] == []


@pytest.mark.parametrize("name", ["opposites", "roles", "synonyms", "works"])
def test_a_set_has_more_than_one_word(name: str) -> None:
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#") and len(line.split()) < 2] == []


def test_short_forms_are_written_out() -> None:
    assert load().expand(("src", "docs")) == ("source", "documents")
    assert load().expand(("pr", "title")) == ("pull", "request", "title")


def test_synonyms() -> None:
    assert share_a_set(load().concepts, phrase("question"), phrase("queries"))
    assert share_a_set(load().concepts, phrase("root_cause"), phrase("reason"))
    assert not share_a_set(load().concepts, phrase("invoice"), phrase("weather"))


def test_opposites() -> None:
    assert share_a_set(load().opposites, phrase("start"), phrase("end"))
    assert share_a_set(load().opposites, phrase("french"), phrase("german"))
    assert not share_a_set(load().opposites, phrase("start"), phrase("begin"))


def test_roles() -> None:
    assert share_a_set(load().roles, phrase("draft"), phrase("final"))
    assert not share_a_set(load().roles, phrase("draft"), phrase("text"))


def test_works() -> None:
    assert share_a_set(load().works, phrase("write"), phrase("reviewing"))
    assert not share_a_set(load().works, phrase("write"), phrase("compose"))


def test_numbers() -> None:
    assert load().numbers["three"] == load().numbers["3"] == load().numbers["third"]


def test_negations() -> None:
    assert "not" in load().negations
    assert load().negates("valid", "invalid")
    assert not load().negates("valid", "validation")


def test_aspects() -> None:
    assert {stem("url"), stem("title")} <= load().aspects
    assert "text" in load().weak_aspects
    assert load().aspects.isdisjoint(load().weak_aspects)


def test_fillers() -> None:
    assert "payload" in load().fillers
    assert "agent" in load().step_fillers
    assert stem("result") in load().vague

from __future__ import annotations

import pytest

from wflint.matching.alignment import align
from wflint.matching.matcher import Matcher
from wflint.matching.subjects import FieldText


def aligned(offers: list[FieldText], needs: list[FieldText]) -> list[tuple[str, str]]:
    return [(offers[pair.offer].name, needs[pair.need].name) for pair in align(offers, needs, Matcher())]


def fields(*names: str) -> list[FieldText]:
    return [FieldText(name) for name in names]


def test_each_need_gets_the_offer_that_suits_it() -> None:
    offers = fields("summary", "question", "cost")
    needs = fields("audience", "query", "abstract")
    assert aligned(offers, needs) == [("question", "query"), ("summary", "abstract")]


def test_an_offer_serves_one_need() -> None:
    assert aligned(fields("question"), fields("query", "question")) == [("question", "question")]


def test_nothing_to_align() -> None:
    assert aligned([], fields("x")) == []
    assert aligned(fields("x"), []) == []


@pytest.mark.slow
def test_many_fields_are_aligned_by_their_nearest() -> None:
    names = fields(*(f"invoice_{number}" for number in range(80)), "weather_report")
    assert ("weather_report", "weather_report") in aligned(names, names)

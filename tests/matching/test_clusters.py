from __future__ import annotations

import random

import pytest

from wflint.matching.clusters import clusters
from wflint.matching.matcher import Matcher
from wflint.matching.subjects import FieldText, StepText


def step(name: str, doc: str, given: str) -> StepText:
    return StepText(name, doc, (), (FieldText("text", "str"),), (FieldText(given, "str"),))


SUMMARIZE = step("summarize", "Summarise the text in three sentences.", "summary")
CONDENSE = step("condense_node", "Condense the text into a short summary.", "summary")
WEATHER = step("fetch_weather", "Fetch the weather for the city.", "weather")
FRENCH = step("to_french", "Translate the text into French.", "translation")
GERMAN = step("to_german", "Translate the text into German.", "translation")


def places(steps: list[StepText]) -> list[list[int]]:
    return [[member.step for member in cluster.members] for cluster in clusters(steps, Matcher())]


def test_near_duplicates_are_found_among_others() -> None:
    assert places([WEATHER, SUMMARIZE, FRENCH, CONDENSE, GERMAN]) == [[1, 3]]


def test_copies_are_one_cluster() -> None:
    assert places([WEATHER, FRENCH, WEATHER, WEATHER]) == [[0, 2, 3]]


def test_nothing_to_cluster() -> None:
    assert places([]) == []
    assert places([WEATHER]) == []


@pytest.mark.slow
def test_many_alike_stay_bounded() -> None:
    chance = random.Random(1)  # noqa: S311 (a repeatable heap of steps)
    words = "alpha beta gamma delta epsilon zeta eta theta iota kappa".split()  # noqa: SIM905
    heap = [step(f"work_{number}", f"Do the {chance.choice(words)} work {number}.", "result") for number in range(600)]
    found = clusters(heap, Matcher())
    members = [member.step for cluster in found for member in cluster.members]
    assert len(members) == len(set(members))

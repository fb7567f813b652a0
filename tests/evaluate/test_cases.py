"""Every case of every page beside this file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evaluate.cases import Case, cases

CASES = [case for page in sorted(Path(__file__).parent.glob("*.md")) for case in cases(page)]


def _marks(case: Case) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=case.not_yet)] if case.not_yet else []


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case.topic}: {case.title}", marks=_marks(case)) for case in CASES]
)
def test_case(case: Case) -> None:
    assert case.claims
    assert [claim.shown for claim in case.observed()] == [claim.shown for claim in case.claims]


def test_titles_are_different() -> None:
    names = [(case.topic, case.title) for case in CASES]
    assert len(set(names)) == len(names)

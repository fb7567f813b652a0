"""The programs of `conformance/` as wflint reads them; `nox -s conformance` runs them with their frameworks."""

from __future__ import annotations

import tomllib

import pytest

from conformance.checking import FOLDER, Expectation, Program, programs, read

PROGRAMS = list(programs())
FRAMEWORKS = sorted({program.framework for program in PROGRAMS})


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_wflint_says_what_the_framework_does(program: Program) -> None:
    assert read(program) == []


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_a_program_says_what_it_proves(program: Program) -> None:
    assert program.statement.endswith(".")
    assert program.expectation.facts


def test_every_framework_has_its_pinned_releases() -> None:
    pinned = tomllib.loads((FOLDER / "versions.toml").read_text(encoding="utf-8"))
    for program in PROGRAMS:
        assert set(program.expectation.releases) <= set(pinned[program.framework]), program.name


def test_what_is_not_said_or_drawn_is_a_difference() -> None:
    program = PROGRAMS[0]
    wrong = Expectation(facts={"any": 1}, present=("WF999",), edges=(("nobody", "nowhere"),))
    assert read(Program(program.path, wrong)) == ["WF999 is missing", "the edge nobody -> nowhere is missing"]

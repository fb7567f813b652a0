"""The programs of `conformance/` as wflint reads them; `nox -s conformance` runs them with their frameworks."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from conformance import names, running
from conformance.backed import unbacked
from conformance.checking import Expectation, Outcome, Program, Release, compared, programs, read, requirements
from conformance.definitions import Definitions
from conformance.table import TABLE, table
from wflint.frontends import FRONT_ENDS

PROGRAMS = list(programs())
FRAMEWORKS = sorted({program.framework for program in PROGRAMS})
READ = [(one, release) for one in PROGRAMS for release in Release if one.expectation.of(release) is not None]


@pytest.mark.parametrize(("program", "release"), READ, ids=[f"{one.name}-{release}" for one, release in READ])
def test_wflint_says_what_the_framework_does(program: Program, release: Release) -> None:
    assert read(program, release) == []


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_a_program_says_what_it_proves(program: Program) -> None:
    assert program.statement.endswith(".")
    assert program.expectation.facts


@pytest.mark.parametrize("framework", [end.name for end in FRONT_ENDS])
def test_every_framework_has_programs_and_two_pinned_releases(framework: str) -> None:
    assert framework in FRAMEWORKS
    package = next(end.package for end in FRONT_ENDS if end.name == framework)
    assert package is not None
    for release in Release:
        first = requirements(framework, release)[0]
        assert (first.name, str(first.specifier)[:2]) == (package.names[0], "==")


@pytest.mark.parametrize("framework", [end.name for end in FRONT_ENDS])
def test_the_modelled_names_are_names(framework: str) -> None:
    found = names.modelled(framework)
    assert [name for name in found if not all(part.isidentifier() for part in name.split("."))] == []


def test_the_published_table_is_in_step_with_the_programs() -> None:
    assert TABLE.read_text(encoding="utf-8") == table(), "python -m conformance --table"


def test_every_refusal_of_a_front_end_is_proven_by_a_program() -> None:
    assert list(unbacked()) == []


def test_what_is_not_said_or_drawn_is_a_difference() -> None:
    program = PROGRAMS[0]
    wrong = Expectation(facts={"any": 1}, present=("WF999",), edges=(("nobody", "nowhere"),))
    assert read(Program(program.path, wrong)) == ["WF999 is missing", "the edge nobody -> nowhere is missing"]


def test_a_limit_that_is_another_one_is_a_difference() -> None:
    program = next(one for one in PROGRAMS if one.name == "langgraph/default_recursion_limit")
    wrong = Expectation(facts={"any": 1}, limit=3, older=Outcome(facts={"any": 1}, limit=4))
    assert read(Program(program.path, wrong)) == ["the limit is 10007, not 3"]
    assert read(Program(program.path, wrong), Release.OLDER) == ["the limit is 25, not 4"]


def test_a_program_that_is_not_for_a_release_is_not_read() -> None:
    program = Program(PROGRAMS[0].path, Expectation(facts={"any": 1}, present=("WF999",)))
    assert read(program, Release.OLDER) == []


def test_other_facts_are_differences() -> None:
    expected = Outcome(facts={"ran": 1, "ended": True})
    assert compared(expected, json.dumps({"ran": 2, "ended": True}), "") == ["ran is 2, not 1"]
    assert compared(expected, "", "a traceback") == ["no facts: a traceback"]


def _program(folder: Path, name: str, source: str, facts: dict[str, int]) -> Program:
    path = folder / f"{name}.py"
    path.write_text(source, encoding="utf-8")
    return Program(path, Expectation(facts=dict(facts)))


def test_programs_are_run_one_by_one_in_folders_of_their_own(tmp_path: Path) -> None:
    told = "import json, os\nprint('hello')\nopen('left', 'x')\nprint(json.dumps({'files': len(os.listdir()) - 2}))\n"
    wrong = "print('{}')\n"
    failing = "raise ValueError('nothing')\n"
    every = [
        _program(tmp_path, "first", told, {"files": 1}),
        _program(tmp_path, "second", told, {"files": 1}),
        _program(tmp_path, "third", wrong, {"files": 1}),
        _program(tmp_path, "fourth", failing, {"files": 1}),
    ]
    found = {
        program.path.stem: differences for program, differences in running.run(every, sys.executable, Release.NEWEST)
    }
    assert (found["first"], found["second"], found["third"]) == ([], [], ["files is None, not 1"])
    assert [each.startswith("exit 1: ") and "ValueError: nothing" in each for each in found["fourth"]] == [True]


def test_definitions_are_found_through_bases_and_calls(tmp_path: Path) -> None:
    source = """
class Base:
    name: str

    def __init__(self, first, *, second=1): ...

    def run(self, text): ...


class Made(Base):
    pass


def build(one, **others): ...


made = Base(1)
"""
    (tmp_path / "module.py").write_text(source, encoding="utf-8")
    there = Definitions([tmp_path])
    assert [there.find(name) is not None for name in ("Made.run", "made.run", "Made.stop", "Other")] == [
        True,
        True,
        False,
        False,
    ]
    assert [there.accepts("Made", name) for name in ("second", "name", "third")] == [True, True, False]
    assert [there.accepts("Made.run", "text"), there.accepts("build", "anything")] == [True, True]

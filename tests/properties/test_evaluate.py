"""Small random programs: what the interpreter says of a variable holds in every run of the program.

Programs ask `choose()` where something is not known. The interpreter has never heard of it; the runs get every row of
answers up to a length. A run that raises says nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluate.programs import ran
from tests.evaluate.showing import show
from tests.properties.handing_writing import handing_written
from tests.properties.wide_writing import widely_written
from tests.properties.writing import VARIABLES, written
from wflint.evaluate import call_memory
from wflint.evaluate.values import (
    OTHER_KEYS,
    UNBOUND,
    Const,
    ExternalAttribute,
    Mapping,
    Object,
    RepeatedElement,
    Text,
    Unknown,
    Value,
    alternatives,
    possibly_unbound,
)
from wflint.evaluate.values import Sequence as Items

pytestmark = pytest.mark.slow

ANSWERS = 4
"""How many answers of `choose()` are tried in every combination; further ones are no."""

MOST_QUESTIONS = 12
MOST_ITEMS = 1_000


class TooLong(Exception):
    """A run that takes too long to wait for."""


RAISED = (
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    NameError,
    RecursionError,
    MemoryError,
    TooLong,
)


@dataclass(slots=True)
class Oracle:
    """Answers the questions of one run; `items` is a list that nobody can know."""

    row: list[bool]
    asked: int = 0

    def choose(self) -> bool:
        self.asked += 1
        if self.asked > MOST_QUESTIONS:
            raise TooLong
        return self.row.pop(0) if self.row else False

    def items(self) -> list[int]:
        return [3, 0, 3][: 2 * self.choose() + self.choose()]

    def fail(self) -> None:
        raise ValueError


def outcomes(source: str) -> Iterator[dict[str, object]]:
    """The variables after every run that ends."""
    try:
        compiled = compile(source, "<program>", "exec")
    except SyntaxError:  # `:=` where Python does not want it
        return
    for answers in product((True, False), repeat=ANSWERS):
        oracle = Oracle(list(answers))
        names: dict[str, object] = {"choose": oracle.choose, "items": oracle.items, "fail": oracle.fail}
        try:
            exec(compiled, names)  # noqa: S102 - the program is ours
        except RAISED:
            continue
        found = {name: names[name] for name in VARIABLES}
        if all(isinstance(what, int) or len(what) < MOST_ITEMS for what in found.values()):  # type: ignore[arg-type]
            yield found


def admits(value: Value, actual: object) -> bool:
    """Whether the interpreter's value may stand for the actual one."""
    return any(_admits(option, actual) for option in alternatives(value))


def _admits(value: Value, actual: object) -> bool:
    match value:
        case Unknown() | ExternalAttribute() | Object(cls=None):
            return True
        case Const(value=plain):
            return type(plain) is type(actual) and plain == actual
        case Text():
            return isinstance(actual, str)
        case Items(kind=kind, content=items):
            return type(actual).__name__ == kind and isinstance(actual, list) and _fits(tuple(items), tuple(actual))
        case Mapping(content=entries):
            return isinstance(actual, dict) and _has_entries(entries, actual)
        case _:
            return False


def _fits(items: Sequence[Value], actual: Sequence[object]) -> bool:
    """Whether the items can be laid out as the actual ones: a `RepeatedElement` any number of times, what may be absent
    or not."""
    reached = {0}
    for item in items:
        inner = item.value if isinstance(item, RepeatedElement) else item
        after: set[int] = set()
        for start in reached:
            if isinstance(item, RepeatedElement) or possibly_unbound(item):
                after.add(start)
            position = start
            while position < len(actual) and admits(inner, actual[position]):
                position += 1
                after.add(position)
                if not isinstance(item, RepeatedElement):
                    break
        reached = after
    return len(actual) in reached


def _has_entries(entries: dict[Hashable, Value], actual: dict[Hashable, object]) -> bool:
    rest = entries.get(OTHER_KEYS)
    for key, inner in actual.items():
        held = entries.get(key)
        fits = held is not None and admits(held, inner)
        if not fits and (rest is None or not admits(rest, inner)):
            return False
    return all(key in actual or possibly_unbound(inner) for key, inner in entries.items() if key != OTHER_KEYS)


programs = st.builds(written, st.integers(0, 2**32), st.integers(1, 8))


wide_programs = st.builds(widely_written, st.integers(0, 2**32), st.integers(1, 6))


handing_programs = st.builds(handing_written, st.integers(0, 2**32), st.integers(1, 6))


@settings(max_examples=400, deadline=None, derandomize=True)
@given(programs)
def test_what_is_said_holds_in_every_run(source: str) -> None:
    assert list(_mistakes(source)) == []


@settings(max_examples=200, deadline=None, derandomize=True)
@given(wide_programs)
def test_what_is_said_holds_in_every_run_of_wider_programs(source: str) -> None:
    assert list(_mistakes(source)) == []


@settings(max_examples=200, deadline=None, derandomize=True)
@given(handing_programs)
def test_what_is_said_holds_where_functions_and_objects_are_handed_on(source: str) -> None:
    assert list(_mistakes(source)) == []


def _mistakes(source: str) -> Iterator[tuple[str, str, object]]:
    """The variables of which something is said that is not so in some run, with what is said and what is so."""
    content = ran(source).module().scope.content
    for actual in outcomes(source):
        for name, what in actual.items():
            if not admits(content.get(name, UNBOUND), what):
                yield name, show(content.get(name, UNBOUND)), what


@settings(max_examples=50, deadline=None, derandomize=True)
@given(programs)
def test_the_same_program_gives_the_same_values(source: str) -> None:
    assert _shown(source) == _shown(source)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(handing_programs)
def test_calls_that_are_remembered_give_the_same_values(source: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(call_memory, "MOST_FOR_NOTHING", 0)
        forgetful = _shown(source)
        patch.setattr(call_memory, "MOST_FOR_NOTHING", sys.maxsize)
        patch.setattr(call_memory, "FEWEST_STEPS", 0)
        assert _shown(source) == forgetful


def _shown(source: str) -> list[str]:
    content = ran(source).module().scope.content
    return [f"{name} = {show(value)}" for name, value in content.items()]

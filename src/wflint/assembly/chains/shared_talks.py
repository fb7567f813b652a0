"""Runs that go on at the same time and keep what is said in one place: each may be told what the others said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from wflint.assembly.chains.runs import Run
from wflint.assembly.contracts.retry_schemes import Level, levels_around
from wflint.assembly.contracts.started_together import GATHERING
from wflint.assembly.contracts.stuck_counts import MAKING
from wflint.evaluate.modules import Module
from wflint.evaluate.values import Function, Location, Object
from wflint.model.code_runs import SharedTalk
from wflint.source import code
from wflint.source.code import TextRange
from wflint.source.walking import called_name, holds, nodes_in


class Seat(Struct, frozen=True):
    """A part of what is gathered: the call that gathers, the part, and whether that stands for many runs."""

    module: Module
    gathering: TextRange
    part: TextRange
    is_repeated: bool


class Seated(Struct, frozen=True):
    """A run that is gathered with others, under the names of its steps, and where it keeps what is said."""

    seat: Seat
    run: Run
    names: tuple[str, ...]
    kept_in: Object


def shared_talks(runs: Iterable[tuple[Run, Sequence[str]]]) -> tuple[SharedTalk, ...]:
    """The places where runs that are gathered keep what is said, and that more than one of them uses; each once."""
    found: dict[tuple[int, TextRange], list[Seated]] = {}
    for run, names in runs:
        kept = run.answer.kept_in
        if isinstance(kept, Object) and kept.location is not None:
            for seat in _seats(run, kept):
                found.setdefault((id(kept), seat.gathering), []).append(Seated(seat, run, tuple(names), kept))
    talks = (_talk(seated) for seated in found.values())
    return tuple(dict.fromkeys(talk for talk in talks if talk is not None))


def _talk(seated: Sequence[Seated]) -> SharedTalk | None:
    """What several runs say in one place; None where each has its own."""
    first = seated[0]
    if not any(each.seat.is_repeated for each in seated) and len({each.seat.part for each in seated}) == 1:
        return None
    names = tuple(dict.fromkeys(name for each in seated for name in each.names))
    gathering = Location(first.seat.module, first.seat.gathering).span
    return SharedTalk(names, gathering, first.run.api_call.span, first.kept_in.site.span)


def _seats(run: Run, kept: Object) -> Iterator[Seat]:
    """Where a run is gathered with others that keep what is said in the same object."""
    levels = levels_around(run.api_call)
    for number, (function, place) in enumerate(levels):
        if place.module is function.module:
            for seat in _seats_in(levels[number]):
                if any(_makes(outer, kept, seat) for outer, _ in levels[: number + 1]) or kept.created_in is None:
                    yield seat


def _makes(function: Function, kept: Object, seat: Seat) -> bool:
    """Whether a function that gathers, or its object when it was made, made the other object before that."""
    site = kept.site
    if site.module is not function.module or not isinstance(function.node, code.FunctionDef):
        return False
    if any(holds(each.at, site.at) for each in function.node.body):
        return not (site.module is seat.module and holds(seat.part, site.at))
    owner = function.owner.name if function.owner is not None else None
    classes = (node for node in nodes_in(site.module.body) if isinstance(node, code.ClassDef) and node.name == owner)
    methods = (node for cls in classes for node in cls.body if isinstance(node, code.FunctionDef))
    return any(node.name in MAKING and holds(each.at, site.at) for node in methods for each in node.body)


def _seats_in(level: Level) -> Iterator[Seat]:
    function, place = level
    body = function.node.body if isinstance(function.node, code.FunctionDef) else ()
    named = {
        target.id: node.value
        for node in nodes_in(body)
        if isinstance(node, code.Assign)
        for target in node.targets
        if isinstance(target, code.Name)
    }
    for node in nodes_in(body):
        if isinstance(node, code.Call) and called_name(node) in GATHERING:
            for part, is_spread in _parts(node):
                made = named.get(part.id) if isinstance(part, code.Name) else part
                if made is not None and holds(made.at, place.at):
                    yield from _seat(place.module, node, made, place.at, is_spread=is_spread)


def _parts(gathering: code.Call) -> Iterator[tuple[code.ExprT, bool]]:
    for given in gathering.args:
        yield (given.value, True) if isinstance(given, code.Starred) else (given, False)


def _seat(
    module: Module, gathering: code.Call, made: code.ExprT, place: TextRange, *, is_spread: bool
) -> Iterator[Seat]:
    match made:
        case code.Comprehension() if is_spread:
            yield Seat(module, gathering.at, made.at, is_repeated=True)
        case code.Display(items=items) if is_spread:
            parts = (item.at for item in items if holds(item.at, place))
            yield from (Seat(module, gathering.at, part, is_repeated=False) for part in parts)
        case _ if not is_spread:
            yield Seat(module, gathering.at, made.at, is_repeated=False)
        case _:
            pass

"""Counts that nodes hand on to the next one in its own fields, and that no node ever adds to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.contracts.stuck_counts import compared_counts, may_change
from wflint.assembly.speculation import made_for_reading
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Const, Function, Location, Object, TrackedValue, Value, alternatives
from wflint.frontends.pydantic_graph.nodes import ReadNode
from wflint.model.conduct import StuckCount
from wflint.model.workflow import Step
from wflint.source.code import FunctionDef

Count = tuple[Class, str]
"""A field of a node class."""


class Filling(Struct, frozen=True):
    """What the field of a node that is led to is filled with, None where it begins with its default; `by` does it."""

    count: Count
    by: Class | None
    value: Value | None


def with_carried_counts(
    interp: Interpreter, steps: dict[str, Step], read: Mapping[str, ReadNode], nodes: Mapping[Class, ReadNode]
) -> None:
    """Tell the steps of the counts that they compare with a bound, and that are the same whenever they do."""
    if any(node.summary is None or not node.summary.complete for node in read.values()):
        return
    filled = [filling for node in read.values() for filling in _fillings(node, nodes)]
    still = {filling.count for filling in filled}
    still -= {count for count in still if any(may_change(cls.module, count[1]) for cls in nodes)}
    while changed := {f.count for f in filled if f.count in still and not _stays(interp, f, still)}:
        still -= changed
    for cls, node in nodes.items():
        found = tuple(stuck for stuck in _compared(cls) if (cls, stuck.name) in still)
        step = steps[node.step.id]
        conduct = replace(step.conduct, stuck_counts=(*step.conduct.stuck_counts, *found))
        steps[node.step.id] = replace(step, conduct=conduct) if found else step


def _compared(cls: Class) -> Iterator[StuckCount]:
    run = cls.find("run")
    if isinstance(run, Function) and isinstance(run.node, FunctionDef):
        for name, node in compared_counts(run.node):
            yield StuckCount(name, Location(run.module, node.at).span)


def _fillings(node: ReadNode, nodes: Mapping[Class, ReadNode]) -> Iterator[Filling]:
    """How a node fills the fields of those that it leads to; one whose arguments are not all seen may be anything."""
    by = next((cls for cls, other in nodes.items() if other is node), None)
    for site in node.summary.returns if node.summary is not None else ():
        for made in alternatives(site.value):
            if isinstance(made, Object) and made.cls in nodes and made.cls is not None:
                for place, field in enumerate(made.cls.declared()):
                    given = made.arguments.get(field, place)
                    yield Filling((made.cls, field), by, made if made.arguments.open else given)


def _stays(interp: Interpreter, filling: Filling, still: set[Count]) -> bool:
    """Whether a filling is what counts begin with, or a count that a node was given itself and that stays."""
    match filling.value:
        case None:
            cls, name = filling.count
            return _is_beginning(cls.declared()[name].default)
        case Const() as value:
            return _is_beginning(value)
        case TrackedValue() as value if filling.by is not None:
            own = made_for_reading(interp, filling.by)
            held = own.content.items() if isinstance(own, Object) else ()
            names = [name for name, kept in held if _is_same(kept, value)]
            return bool(names) and all((filling.by, name) in still for name in names)
        case _:
            return False


def _is_beginning(value: Value | None) -> bool:
    """Whether a value is one that counts begin with; a greater one may be past the bound."""
    return isinstance(value, Const) and not isinstance(value.value, bool) and value.value in (0, 1)


def _is_same(kept: Value, value: TrackedValue) -> bool:
    same = isinstance(kept, TrackedValue) and kept.root is value.root
    return same and isinstance(kept, TrackedValue) and kept.access_path == value.access_path

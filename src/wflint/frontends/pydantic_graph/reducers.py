"""Start values of joins that all runs share, and results that a join cannot put together (pydantic-graph 2.68)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Mapping_
from collections.abc import Sequence as Sequence_
from operator import attrgetter

from wflint.assembly.draft import Draft
from wflint.evaluate.types import name_of
from wflint.evaluate.values import NONE, Const, Mapping, Object, Sequence, Value, last_of
from wflint.model.fault import Fault, FaultKind
from wflint.model.grouping import grouped
from wflint.model.loss import Loss, LossKind
from wflint.model.workflow import Step

CHANGING = frozenset({"reduce_list_append", "reduce_list_extend", "reduce_dict_update"})
"""Reducers of the library that change the start value itself."""


def shared_start(name: str, join: Object) -> Iterator[Loss]:
    """A list or dict that is given as `initial` to a reducer which changes it."""
    reducer, initial = join.arguments.get("reducer", 0), join.arguments.get("initial")
    if reducer is not None and name_of(reducer) in CHANGING and isinstance(initial, Sequence | Mapping):
        yield Loss(
            LossKind.REDUCER,
            f'the `initial` of join "{name}"',
            join.site.span,
            "is one value for all runs, and the reducer changes it: each run begins with what the last one left",
            "pass `initial_factory` in its place",
            step=name,
        )


NUMBERS = frozenset({"int", "float", "bool", "complex"})
ROWS = frozenset({"str", "list", "dict", "set", "tuple", "None", "List", "Dict"})
REFUSING = {
    "reduce_list_extend": (NUMBERS | {"None"}, "which has no items"),
    "reduce_dict_update": (NUMBERS | {"None"}, "which is no dict"),
}
"""Reducers of the library with the types whose values they fail at, and why."""


def unreducible(join: Object, given: Mapping_[str, Value | None], name: str) -> Iterator[Fault]:
    """Steps right before a join that give what its reducer fails at; `given` are the types that they return."""
    reducer, initial = join.arguments.get("reducer", 0), join.arguments.get("initial")
    called = name_of(reducer) if reducer is not None else ""
    types, why = REFUSING.get(called, (frozenset[str](), ""))
    start = initial.value if isinstance(initial, Const) and called == "reduce_sum" else None
    if isinstance(start, int | float | str):
        types = ROWS if isinstance(start, int | float) else NUMBERS | {"None"}
        why = f"which cannot be added to {start!r}"
    for step, type_ in given.items():
        returned = "None" if type_ == NONE else name_of(type_) if type_ is not None else ""
        if returned in types:
            text = f'what step "{step}" gives to join "{name}"'
            yield Fault(FaultKind.REFUSED, text, join.site.span, detail=f"it is {returned}, {why}; the run fails")


def overwritten_keys(join: Object, name: str, sources: Iterable[Step]) -> Iterator[Loss]:
    """Items of a map that all give the same keys to a join of dicts: those of the last one are left."""
    reducer = join.arguments.get("reducer", 0)
    for step in sources if reducer is not None and name_of(reducer) == "reduce_dict_update" else ():
        shape = step.result
        if shape is not None and shape.keyed and shape.closed and shape.parts:
            yield Loss(
                LossKind.REDUCER,
                f'the dict that join "{name}" makes',
                join.site.span,
                f'keeps one value of "{shape.parts[0]}": each item of the map gives that key, and the last one is left',
                "give each item a key of its own, or collect a list",
                shape.span,
                name,
            )


FIRST = "ReduceFirstValue"
"""The reducer that takes what comes first, and cancels all that is still at work."""


def cancelled_writes(draft: Draft, join: Object, name: str, names: Sequence_[str]) -> Iterator[Loss]:
    """What steps that are cancelled, all but the first, may not have written, and steps behind the join read.

    Steps that all set one field may race for it on purpose; what they add to a list they all want to be in it.
    """
    reducer, sources = join.arguments.get("reducer", 0), [draft.steps[each] for each in names if each in draft.steps]
    if not isinstance(reducer, Object) or last_of(reducer.path) != FIRST or len(sources) < 2:  # noqa: PLR2004 - a race
        return
    written = [frozenset(offer.name for offer in step.offers) | frozenset(step.conduct.extended) for step in sources]
    by_all = frozenset.intersection(*written)
    readers = {need.name: step.id for step in steps_behind(draft, name) for need in step.needs}
    for step, own in zip(sources, written, strict=True):
        lost = sorted((own - by_all | own & frozenset(step.conduct.extended)) & readers.keys())
        if lost:
            yield Loss(
                LossKind.BRANCH,
                f'what step "{step.id}" writes to "{lost[0]}"',
                join.site.span,
                f'may never come: join "{name}" goes on with what comes first and cancels the others, and step '
                f'"{readers[lost[0]]}" reads it',
                "let the join collect what all of them give",
                step=step.id,
            )
            return


def steps_behind(draft: Draft, name: str) -> Iterator[Step]:
    """The steps that come after one."""
    leaving = grouped(draft.edges.values(), attrgetter("source"))
    found, pending = {name}, [name]
    while pending:
        more = {edge.target for edge in leaving.get(pending.pop(), ())} - found
        found |= more
        pending += sorted(more)
    yield from (step for each, step in draft.steps.items() if each in found and each != name)

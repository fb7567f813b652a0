"""Small workflows by hand, for tests: steps in words, edges as text.

`workflow("start -> a", "a -> b?x", ...)` reads edges one a line:
    a -> b             always
    a -> b | c         one choice, exactly one of them
    a -> b & c         one choice, any of them
    a -> b ...         fan-out, one copy an item
    a + b -> c         a join: c waits for both
The names `start` and `end` stand for the beginning and the end of a run.
"""

from __future__ import annotations

from msgspec.structs import replace

from wflint.analyses.facts import Facts
from wflint.model.contract import Certainty, Field, Need, Offer, Outcome, Payload, Schema
from wflint.model.program import Program
from wflint.model.span import Span
from wflint.model.workflow import END, START, Choice, Edge, EdgeKind, Invocation, Join, Step, StepKind, Workflow

PATH = "flow.py"
REAL_NAMES = {"start": START, "end": END}


def at(line: int) -> Span:
    return Span(PATH, line, 1, line, 20)


def step(name: str, reads: str = "", writes: str = "", line: int = 1) -> Step:
    """A step; `reads="a b?"` needs a and may do without b, `writes="c d?"` offers c always and d perhaps."""
    needs = tuple(Need(field.rstrip("?"), at(line), required=not field.endswith("?")) for field in reads.split())
    offers = tuple(Offer(field.rstrip("?"), at(line), _certainty(field)) for field in writes.split())
    return Step(REAL_NAMES.get(name, name), StepKind.FUNCTION, at(line), needs=needs, offers=offers)


def schema(fields: str, *, closed: bool = True, name: str = "State") -> Schema:
    """A schema; `"a b+ c="` declares a, b with a reducer and c with a preset value."""
    declared = tuple(
        Field(field.rstrip("+="), at(1), reducer="add" if "+" in field else None, preset=field[-1] in "+=")
        for field in fields.split()
    )
    return Schema(name, declared, at(1), closed=closed, on_concurrent_write=Outcome.FAILS)


def calls(*keys: str, closed: bool = True) -> tuple[Invocation, ...]:
    """One visible call for each text of keys."""
    return tuple(Invocation(tuple(text.split()), at(90 + index), closed=closed) for index, text in enumerate(keys))


def workflow(*lines: str, steps: tuple[Step, ...] = (), state: str | None = None) -> Workflow:
    """A workflow from lines of edges; steps that are not given are made up as they come along."""
    edges: list[Edge] = []
    choices: list[Choice] = []
    joins: list[Join] = []
    for number, line in enumerate(lines, start=10):
        left, right = (side.strip() for side in line.split("->"))
        if "+" in left:
            _join(left, right, number, edges, joins)
        else:
            _leave(_real(left), right, number, edges, choices)
    named = dict.fromkeys(name for edge in edges for name in (edge.source, edge.target))
    given = {one.id: one for one in steps}
    made = [given[name] if name in given else step(name, line=50 + index) for index, name in enumerate(named)]
    return Workflow(
        id=f"{PATH}::flow",
        name="flow",
        framework="none",
        span=at(1),
        steps=(*made, *(one for one in steps if one.id not in named)),
        edges=tuple(edges),
        choices=tuple(choices),
        joins=tuple(joins),
        state=schema(state) if state is not None else None,
    )


def facts(flow: Workflow, *others: Workflow) -> Facts:
    return Facts(flow, Program((flow, *others)))


def with_choice(flow: Workflow, index: int, reads: str) -> Workflow:
    """The workflow, its choice number `index` reading these fields."""
    needs = step("x", reads).needs
    changed = tuple(
        replace(choice, needs=needs) if number == index else choice for number, choice in enumerate(flow.choices)
    )
    return replace(flow, choices=changed)


def _certainty(field: str) -> Certainty:
    return Certainty.POSSIBLE if field.endswith("?") else Certainty.CERTAIN


def _real(name: str) -> str:
    return REAL_NAMES.get(name.strip(), name.strip())


def _join(left: str, right: str, line: int, edges: list[Edge], joins: list[Join]) -> None:
    sources = tuple(_real(name) for name in left.split("+"))
    target = _real(right)
    edges.extend(Edge(source, target, EdgeKind.FAN_IN, at(line), join=len(joins)) for source in sources)
    joins.append(Join(sources, target, at(line)))


def _leave(source: str, right: str, line: int, edges: list[Edge], choices: list[Choice]) -> None:
    if right.endswith("..."):
        edges.append(
            Edge(
                source,
                _real(right.removesuffix("...")),
                EdgeKind.FAN_OUT,
                at(line),
                fan_out=True,
                payload=Payload((), at(line), closed=False),
            )
        )
        return
    separator = "|" if "|" in right else "&"
    if separator not in right:
        edges.append(Edge(source, _real(right), EdgeKind.DIRECT, at(line)))
        return
    names = (name.strip() for name in right.split(separator))
    edges.extend(
        Edge(source, _real(name), EdgeKind.CONDITIONAL, at(line), label=name, choice=len(choices)) for name in names
    )
    choices.append(Choice(source, "decide", at(line), closed=True, exclusive=separator == "|"))

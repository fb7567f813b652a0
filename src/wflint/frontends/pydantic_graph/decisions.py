"""Decisions of the builder: the first branch that matches is taken (pydantic-graph 2.68)."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.evaluate.class_values import Class
from wflint.evaluate.types import UNIONS, name_of, show
from wflint.evaluate.values import NONE, ExternalName, Generic, Object, Value, last_of, text_of
from wflint.frontends.pydantic_graph.paths import branches_of
from wflint.frontends.pydantic_graph.table import DECISION
from wflint.model.fault import Fault, FaultKind
from wflint.model.loss import Loss, LossKind

ANYTHING = frozenset({"object", "Any"})
"""Types that match every value."""
ABOVE = {"bool": "int"}
"""The types of Python's own that are kinds of others."""
HOLDING = frozenset(
    {"list", "dict", "set", "frozenset", "tuple", "List", "Dict", "Set", "Tuple", "Sequence", "Mapping"}
)
"""Types whose values do not tell what they hold."""
MATCHING = frozenset({"match", "match_node"})


def is_empty_decision(path: Object) -> bool:
    """Whether a path leads to a decision without a branch, and nowhere else."""
    nodes = path.arguments.positional if last_of(path.path) == "to" else ()
    return bool(nodes) and all(
        isinstance(node, Object) and node.path == DECISION and not branches_of(node) for node in nodes
    )


def unmatchable(path: Object) -> Iterator[Fault]:
    """Branches for types with parameters: nobody can tell whether a value is one."""
    for decision in path.arguments.positional:
        for branch in branches_of(decision) if isinstance(decision, Object) and decision.path == DECISION else ():
            match = _match_of(branch)
            source = _source(match) if match is not None else None
            held = isinstance(source, Generic) and name_of(source.base) in HOLDING and source.arguments
            if match is not None and held and match.arguments.get("matches") in (None, NONE):
                why = "a value does not tell what it holds, and the run fails; match the bare type"
                yield Fault(FaultKind.REFUSED, f'a branch for "{show(source)}"', match.site.span, detail=why)


def hidden_branches(path: Object) -> Iterator[Loss]:
    """Branches of the decisions at the end of a path, for values that an earlier one matches all of."""
    for decision in path.arguments.positional:
        if isinstance(decision, Object) and decision.path == DECISION:
            found = (_match_of(branch) for branch in branches_of(decision))
            yield from _hidden([match for match in found if match is not None])


def _hidden(matches: list[Object]) -> Iterator[Loss]:
    for number, match in enumerate(matches):
        wider = next((other for other in matches[:number] if _covers(other, match)), None)
        if wider is not None:
            yield Loss(
                LossKind.ROUTE,
                f'the branch for "{_shown(match)}"',
                match.site.span,
                f'is never taken: the one for "{_shown(wider)}" before it matches the same values',
                "put the narrower one first",
                wider.site.span,
            )


def unmatched(path: Object, returned: Value | None) -> tuple[str, ...]:
    """What a step may return, as its annotation lists it, that no branch of the decision after it takes."""
    decisions = [node for node in path.arguments.positional if isinstance(node, Object) and node.path == DECISION]
    branches = [branch for decision in decisions for branch in branches_of(decision)]
    matches = [match for branch in branches if (match := _match_of(branch)) is not None]
    tested = any(match.arguments.open or match.arguments.get("matches") not in (None, NONE) for match in matches)
    values = _listed(returned)
    if len(decisions) != 1 or len(matches) < len(branches) or tested or values is None:
        return ()
    sources = [_source(match) for match in matches]
    lacking = [value for value in values if not any(_takes(source, value) for source in sources)]
    return tuple(text for value in lacking if (text := text_of(value) or show(value)) is not None)


def _listed(type_: Value | None) -> list[Value] | None:
    """The words and classes that a type lists; None where it says anything else."""
    match type_:
        case Generic(base=base, arguments=arguments) if name_of(base) == "Literal":
            return list(arguments)
        case Generic(base=base, arguments=arguments) if name_of(base) in UNIONS:
            found = [_listed(argument) for argument in arguments]
            return [value for each in found for value in each or ()] if None not in found else None
        case Class():
            return [type_]
        case _:
            return None


def _takes(source: Value | None, value: Value) -> bool:
    """Whether a branch takes a value, or every object of a class, as far as that can be told; else it does."""
    match source:
        case Generic(base=base, arguments=arguments) if name_of(base) == "Literal":
            return value in arguments
        case Generic(base=base, arguments=arguments) if name_of(base) in UNIONS:
            return any(_takes(argument, value) for argument in arguments)
        case Class():
            return isinstance(value, Class) and source in value.lineage()
        case _:
            return True


def _match_of(branch: Value) -> Object | None:
    """The `match(...)` that a branch begins with."""
    part: Value | None = branch
    for _ in range(64):
        if not isinstance(part, Object) or last_of(part.path) in MATCHING:
            break
        part = part.receiver
    return part if isinstance(part, Object) and last_of(part.path) in MATCHING else None


def _covers(first: Object, second: Object) -> bool:
    """Whether one match takes all that another one would; a test of its own may leave something."""
    tested = first.arguments.get("matches")
    if first.arguments.open or tested not in (None, NONE):
        return False
    wide, narrow = _source(first), _source(second)
    if isinstance(wide, ExternalName):
        alike = isinstance(narrow, ExternalName) and name_of(wide) in (name_of(narrow), ABOVE.get(name_of(narrow)))
        return name_of(wide) in ANYTHING or alike
    taken, values = _listed(wide), _listed(narrow)
    return bool(taken) and bool(values) and all(_is_among(value, taken or []) for value in values or [])


def _is_among(value: Value, listed: list[Value]) -> bool:
    """Whether a word, or every object of a class, is one of those that a type lists."""
    return value in listed or (isinstance(value, Class) and any(cls in listed for cls in value.lineage()))


def _source(match: Object) -> Value | None:
    given = match.arguments.get("source", 0)
    if isinstance(given, Generic) and name_of(given.base) == "TypeExpression" and given.arguments:
        return given.arguments[0]
    return given


def _shown(match: Object) -> str:
    source = _source(match)
    return source.name if isinstance(source, Class) else show(source) or name_of(source) or "this"

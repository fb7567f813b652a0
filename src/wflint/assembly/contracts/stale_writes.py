"""Fields of a shared object that code sets to what it worked out from an older value: it has waited in between."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence

from wflint.assembly.contracts.growth import Names, local_name
from wflint.source import code
from wflint.source.code import TextRange
from wflint.source.walking import holds, nodes_in

Copies = Mapping[str, Sequence[code.Assign]]
SETTING = ("set",)
"""What the method is called that sets a value which a shared object keeps under a key."""


def stale_writes(
    body: Sequence[code.StmtT], names: Names, setting: Container[str] = SETTING
) -> Iterator[tuple[str, TextRange, TextRange]]:
    """Each such field with where it is read and where it is set; what stands in a `with` block may hold a lock."""
    nodes = list(nodes_in(body))
    awaits = [node.at for node in nodes if isinstance(node, code.Await)]
    blocks = [node.at for node in nodes if isinstance(node, code.With)]
    copies = _copies(nodes)
    for node in nodes:
        match node:
            case code.AugAssign(target=target, value=value):
                field, reads = names(target), [target.at]
            case code.Assign(targets=(target,), value=value):
                field = names(target)
                reads = _reads(value, field, copies, names) if field is not None else []
            case code.Call(func=code.Attribute(name=name), args=(_, value)) if name in setting:
                field = names(node)
                reads = _reads(value, field, copies, names) if field is not None else []
            case _:
                continue
        waits = awaits if not isinstance(node, code.Call) else [wait for wait in awaits if wait[1] < node.at[1]]
        old = next((read for read in reads if _waits_between(read, node.at, waits)), None)
        if field is not None and old is not None and not any(holds(block, node.at) for block in blocks):
            yield field, old, node.at


def _copies(nodes: Sequence[code.Node]) -> Copies:
    """The assignments to each local name, in order."""
    found: dict[str, list[code.Assign]] = {}
    for node in sorted((one for one in nodes if isinstance(one, code.Assign)), key=lambda one: one.at):
        for name in (local_name(target) for target in node.targets):
            if name is not None:
                found.setdefault(name, []).append(node)
    return found


def _reads(value: code.ExprT, field: str, copies: Copies, names: Names) -> list[TextRange]:
    """Where the field in an expression is read: there, or where local names in it got what was made of it."""
    found = _places(value, field, names)
    pending, seen = [value], set[TextRange]()
    while pending:
        part = pending.pop()
        for copy in _copies_in(part, copies):
            if copy.at not in seen:
                seen.add(copy.at)
                found += [copy.at] if _places(copy.value, field, names) else []
                pending.append(copy.value)
    return found


def _copies_in(value: code.ExprT, copies: Copies) -> Iterator[code.Assign]:
    """What each local name in an expression was set to the last time before it."""
    for name in {part.id for part in nodes_in((value,)) if isinstance(part, code.Name)}:
        settings = copies.get(name, ())
        number = bisect_right(settings, value.at[0], key=lambda each: each.at[1])
        if number:
            yield settings[number - 1]


def _places(value: code.ExprT, field: str, names: Names) -> list[TextRange]:
    parts = (part for part in nodes_in((value,)) if isinstance(part, code.Attribute | code.Subscript | code.Call))
    return [part.at for part in parts if names(part) == field]


def _waits_between(read: TextRange, write: TextRange, awaits: Sequence[TextRange]) -> bool:
    return any(read[1] <= wait[0] < write[1] for wait in awaits)

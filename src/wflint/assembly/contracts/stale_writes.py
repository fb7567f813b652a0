"""Fields of a shared object that code sets to what it worked out from an older value: it has waited in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wflint.assembly.contracts.growth import Names, local_name
from wflint.source import code
from wflint.source.code import TextRange
from wflint.source.walking import holds, nodes_in


def stale_writes(body: Sequence[code.StmtT], names: Names) -> Iterator[tuple[str, TextRange, TextRange]]:
    """Each such field with where it is read and where it is set; what stands in a `with` block may hold a lock."""
    nodes = list(nodes_in(body))
    awaits = [node.at for node in nodes if isinstance(node, code.Await)]
    blocks = [node.at for node in nodes if isinstance(node, code.With)]
    copies = [node for node in nodes if isinstance(node, code.Assign)]
    for node in nodes:
        match node:
            case code.AugAssign(target=target, value=value):
                field, reads = names(target), [target.at]
            case code.Assign(targets=(target,), value=value):
                field = names(target)
                reads = _reads(value, field, copies, names) if field is not None else []
            case code.Call(func=code.Attribute(name="set"), args=(_, value)):
                field = names(node)
                reads = _reads(value, field, copies, names) if field is not None else []
            case _:
                continue
        done = node.at if not isinstance(node, code.Call) else (node.at[0], node.at[0])
        waits = awaits if not isinstance(node, code.Call) else [wait for wait in awaits if wait[1] < node.at[1]]
        old = next((read for read in reads if _waits_between(read, done, waits)), None)
        if field is not None and old is not None and not any(holds(block, node.at) for block in blocks):
            yield field, old, node.at


def _reads(value: code.ExprT, field: str, copies: Sequence[code.Assign], names: Names) -> list[TextRange]:
    """Where the field in an expression is read: there, or where a local name in it was set to it the last time."""
    found = _places(value, field, names)
    before = sorted((each for each in copies if each.at[1] <= value.at[0]), key=lambda each: each.at)
    last = {name: each for each in before for target in each.targets if (name := local_name(target)) is not None}
    for part in nodes_in((value,)):
        copy = last.get(part.id) if isinstance(part, code.Name) else None
        found += [copy.at] if copy is not None and _places(copy.value, field, names) else []
    return found


def _places(value: code.ExprT, field: str, names: Names) -> list[TextRange]:
    parts = (part for part in nodes_in((value,)) if isinstance(part, code.Attribute | code.Subscript | code.Call))
    return [part.at for part in parts if names(part) == field]


def _waits_between(read: TextRange, write: TextRange, awaits: Sequence[TextRange]) -> bool:
    return any(read[1] <= wait[0] < write[1] for wait in awaits)

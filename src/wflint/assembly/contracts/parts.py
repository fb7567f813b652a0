"""The parts of values that code uses: keys, attributes and elements of a field, of a result, of a setting."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.events import Access
from wflint.model.contract import Certainty, Part


def parts_read(accesses: list[Access]) -> tuple[Part, ...]:
    """The parts of the value, or of its elements, that the code fails without; each at its first use.

    What the code sets within the value is there.
    """
    changed = any(access.mode == "nested" for access in accesses)
    found: dict[tuple[str, bool, bool, tuple[str, ...]], Part] = {}
    for access in sorted(accesses, key=lambda access: not access.certain):
        part = None if changed and access.mode == "index" else part_read(access, 1)
        if part is not None:
            found.setdefault((part.name, part.of_element, part.by_key, part.path), part)
    return tuple(found.values())


def parts_of_input(summary: FunctionSummary, name: str) -> Iterator[Part]:
    """The parts of an attribute of its input that code cannot do without."""
    for access in summary.accesses:
        if access.symbol.root is summary.root and access.symbol.access_path[:1] == (name,):
            part = part_read(access, 1)
            if part is not None:
                yield part


def part_read(access: Access, start: int) -> Part | None:
    """The part that an access cannot do without; the value that it is a part of is `start` steps from the root."""
    path = access.symbol.access_path[start:]
    if access.mode not in ("attribute", "index") or access.guarded or access.of_copy or not path or path[-1] == "[]":
        return None
    *way, name = path
    of_element = bool(way) and way[-1] == "[]"
    within = tuple(way[:-1] if of_element else way)
    return Part(
        name,
        access.location.span,
        Certainty.CERTAIN if access.certain else Certainty.POSSIBLE,
        of_element,
        access.mode == "index",
        within,
    )


def part_named(access: Access) -> str | None:
    """The part of a field's value, or of its elements, that the code uses; methods of plain values are no parts."""
    if access.mode != "attribute":
        return None
    part = next((step for step in access.symbol.access_path[1:] if step != "[]"), None)
    return None if part is None or part in PLAIN_METHODS else part


PLAIN_METHODS = frozenset(name for kind in (str, list, dict, set, int, float) for name in dir(kind))

"""When the functions of a notebook run, whose cells set names again: where they are first used, as far as it shows."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

from msgspec import Struct

from wflint.source.code import ClassDef, FunctionDef, Name, StmtT
from wflint.source.walking import glimpsed_in


class FirstUses(Struct, frozen=True):
    """Where each statement of a module begins (`starts`), what it defines, and where each name is used, in order."""

    starts: tuple[int, ...]
    defined: tuple[str | None, ...]
    uses: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, body: tuple[StmtT, ...]) -> FirstUses:
        """Those of the statements of a module."""
        found: dict[str, list[int]] = defaultdict(list)
        for node in glimpsed_in(body):
            if isinstance(node, Name):
                found[node.id].append(node.at[0])
        return cls(
            tuple(statement.at[0] for statement in body),
            tuple(each.name if isinstance(each, FunctionDef | ClassDef) else None for each in body),
            {name: tuple(sorted(offsets)) for name, offsets in found.items()},
        )

    def run_at(self, offset: int) -> int:
        """Where what is written at an offset first runs: in a function, where that is used, by another one perhaps."""
        while True:
            number = bisect_right(self.starts, offset) - 1
            name = self.defined[number] if number >= 0 else None
            end = self.starts[number + 1] if number + 1 < len(self.starts) else None
            uses = self.uses.get(name, ()) if name is not None and end is not None else ()
            later = bisect_right(uses, (end or 0) - 1)
            if later == len(uses):
                return offset
            offset = uses[later]

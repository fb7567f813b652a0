"""What goes before the routes of a router: its own prefix, and those under which applications take it in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from wflint.link.interfaces.module import Code, Made, argument
from wflint.link.interfaces.rows import MOUNTS, SERVERS, Mount, Server
from wflint.link.interfaces.texts import HOLE, text_of
from wflint.link.records import Channel
from wflint.source.code import Attribute, Call

_BY_CONSTRUCTOR: Final = {row.constructor: row for row in SERVERS}
_BY_METHOD: Final = {row.method: row for row in MOUNTS}
_DEEP: Final = 6
"""So many routers are taken into each other."""


class _Mounted(Struct, frozen=True):
    """Where a router is taken in, and under what; None where that is not known."""

    around: Made
    prefix: str | None
    replaces: bool


def server_row(made: Made) -> Server | None:
    """The row of what serves, where a call makes such."""
    return _BY_CONSTRUCTOR.get(made.kind)


class Routers:
    """The routers of a repository, and who takes in which."""

    def __init__(self, codes: Iterable[Code]) -> None:
        self._mounted: dict[object, list[_Mounted]] = defaultdict(list)
        for code in codes:
            for call in code.calls():
                self._look_at(call, code)

    def _look_at(self, call: Call, code: Code) -> None:
        row = _BY_METHOD.get(call.func.name) if isinstance(call.func, Attribute) else None
        inner = argument(call, row.served, row.at) if row is not None else None
        if row is None or inner is None or not isinstance(call.func, Attribute):
            return
        around, made = code.constructed_by(call.func.value), code.constructed_by(inner)
        if around is not None and made is not None and _serves(around) and _serves(made):
            given = argument(call, row.prefix, row.prefix_at)
            prefix = _known(text_of(given, code)) if given is not None else ""
            self._mounted[made.key].append(_Mounted(around, prefix, _replaces(row, prefix)))

    def prefixes(self, made: Made) -> tuple[str, ...]:
        """What goes before its routes, each way once; its own prefix alone where nobody is known to take it in."""
        return tuple(sorted(set(self._prefixes(made, _DEEP))))

    def _prefixes(self, made: Made, deep: int) -> Iterator[str]:
        own = _own(made)
        mounted = [each for each in self._mounted.get(made.key, ()) if each.prefix is not None]
        if own is None or not deep:
            return
        if not mounted:
            yield own
        for each in mounted:
            inner = each.prefix if each.replaces else f"{each.prefix}{own}"
            yield from (f"{outer}{inner}" for outer in self._prefixes(each.around, deep - 1))


def _serves(made: Made) -> bool:
    row = server_row(made)
    return row is not None and row.channel is Channel.HTTP


def _own(made: Made) -> str | None:
    """The prefix that the constructor is given; None where it is not known."""
    row = server_row(made)
    given = argument(made.call, row.prefix) if row is not None and row.prefix else None
    return _known(text_of(given, made.code)) if given is not None else ""


def _known(text: str | None) -> str | None:
    return text if text is not None and HOLE not in text else None


def _replaces(row: Mount, prefix: str | None) -> bool:
    return row.replaces and bool(prefix)

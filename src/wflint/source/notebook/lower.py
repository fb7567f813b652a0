"""From the cells of a notebook to one summary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from wflint.errors import UnreadableSource
from wflint.model.patterns import pattern
from wflint.source.code import ModuleIR, Unread
from wflint.source.lower import lower_module
from wflint.source.notebook.reading import ModuleCell, joined

_VISIBLE: Final = pattern(r"[^\r\n]")


def summarise_cells(cells: Sequence[ModuleCell]) -> ModuleIR:
    """The code tree of the cells as one module, without those that cannot be parsed.

    People run the cells of a notebook one by one, and one that fails does not keep them from the rest.
    """
    unread = tuple(Unread(each.fault, each.cell.first, 1) for each in cells if each.fault is not None)
    try:
        whole = lower_module(joined(each.code for each in cells))
    except UnreadableSource:
        broken = {each: found for each in cells if (found := _broken(each)) is not None}
        if not broken:
            raise
        whole = lower_module(joined(_VISIBLE.sub(" ", each.code) if each in broken else each.code for each in cells))
        unread += tuple(broken.values())
    return replace(whole, unread=unread)


def _broken(each: ModuleCell) -> Unread | None:
    """Why a cell cannot be parsed, with the place in the module; None for one that can."""
    try:
        lower_module(each.code)
    except UnreadableSource as error:
        return Unread(error.reason, each.cell.first + error.line - 1, error.column)
    return None

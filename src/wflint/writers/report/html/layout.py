"""Where the steps of a workflow are drawn: in layers, each step near those that lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from wflint.analyses.execution.order import ForwardOrder

WIDTH, HEIGHT = 168, 40
_GAP_X, _GAP_Y = 28, 58
MARGIN = 60
WIDEST = 12
"""A layer with more steps is drawn in several rows."""
_SWEEPS = 4


class Spot(Struct, frozen=True):
    """The middle of a drawn step."""

    x: float
    y: float


class Layout(Struct, frozen=True):
    """Where everything is; `width` and `height` hold all of it."""

    spots: Mapping[str, Spot]
    width: float
    height: float


def layout(names: Iterable[str], pairs: Sequence[tuple[str, str]]) -> Layout:
    """A layered drawing of names and of what leads to what, the start at the top."""
    rows = _rows(names, pairs)
    widest = max((len(row) for row in rows), default=1)
    width = widest * (WIDTH + _GAP_X) - _GAP_X + 2 * MARGIN
    spots = {
        name: Spot(
            width / 2 + (place - (len(row) - 1) / 2) * (WIDTH + _GAP_X),
            MARGIN / 2 + HEIGHT / 2 + number * (HEIGHT + _GAP_Y),
        )
        for number, row in enumerate(rows)
        for place, name in enumerate(row)
    }
    return Layout(spots, width, len(rows) * (HEIGHT + _GAP_Y) - _GAP_Y + MARGIN)


def _rows(given: Iterable[str], pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    successors: dict[str, tuple[str, ...]] = {}
    names = list(dict.fromkeys((*given, *(name for pair in pairs for name in pair))))
    for source, target in pairs:
        successors[source] = (*successors.get(source, ()), target)
    entered = {target for source, target in pairs if source != target}
    entries = [name for name in names if name not in entered]
    order = ForwardOrder.of((*names, *entries), successors)
    layers: dict[int, list[str]] = {}
    for name in order.names:
        layers.setdefault(order.level[name], []).append(name)
    rows = [layers[number] for number in sorted(layers)]
    return [part for row in _untangled(rows, order.before, successors) for part in _parts(row)]


def _parts(row: list[str]) -> list[list[str]]:
    return [row[start : start + WIDEST] for start in range(0, len(row), WIDEST)]


def _untangled(
    rows: list[list[str]], before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]
) -> list[list[str]]:
    """The rows with each step near the middle of those that it is connected with, down and up again."""
    for sweep in range(_SWEEPS):
        near = before if sweep % 2 == 0 else after
        place = {name: _relative(number, row) for row in rows for number, name in enumerate(row)}
        rows = [_by_middle(row, near, place) for row in rows]
    return rows


def _by_middle(row: list[str], near: Mapping[str, tuple[str, ...]], place: Mapping[str, float]) -> list[str]:
    return sorted(row, key=lambda name: _middle(name, near, place))


def _relative(number: int, row: list[str]) -> float:
    return number - (len(row) - 1) / 2


def _middle(name: str, near: Mapping[str, tuple[str, ...]], place: Mapping[str, float]) -> float:
    known = [place[other] for other in near.get(name, ()) if other in place]
    return sum(known) / len(known) if known else place[name]

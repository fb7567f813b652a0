"""What edges lead to costs, each against the middle of its workflow: a plot of ranges and recorded figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from msgspec import Struct

from wflint.writers.report.document import EdgeFiguresWire, ReportWorkflowWire
from wflint.writers.report.html.drawing import shown
from wflint.writers.report.html.elements import Html, element
from wflint.writers.report.words import spent
from wflint.writers.summary import count

MOST_EDGES = 24
"""So many edges are plotted, those first that lead to what costs most; the others have their figures in the panel."""
_FEWEST = 2
_MORE = 2.0
"""So many times as much is worth a picture where nothing was recorded."""
_ROW, _NAMES, _PLOT, _FIGURES = 22, 330, 420, 210
"""Pixels: the height of a row, and the widths of names, plot and figures."""


class _Scale(Struct, frozen=True):
    """Effective tokens on a logarithmic axis, which shows a step that costs a hundred times the next one."""

    low: float
    high: float

    def at(self, tokens: float) -> float:
        """Where a figure stands, in pixels."""
        share = math.log(max(tokens, self.low) / self.low) / math.log(self.high / self.low)
        return round(_NAMES + share * _PLOT, 1)


def costs(one: ReportWorkflowWire) -> tuple[Html, ...]:
    """The plot; nothing where fewer than two edges lead to something that costs, or nothing tells them apart."""
    known = [(_name(one, place), figures) for place, figures in enumerate(one.edges) if figures.target.high > 0]
    known.sort(key=lambda pair: -_each(pair[1]))
    if len(known) < _FEWEST or not _differs([figures for _, figures in known]):
        return ()
    plotted = known[:MOST_EDGES]
    middle = median(_each(figures) for _, figures in known)
    left = len(known) - len(plotted)
    more = f" {count(left, 'edge')} that lead to less are left out." if left else ""
    told = "Bars are what the source allows, dots what is likely or was recorded, on a logarithmic axis."
    return (
        element("h3", "Cost of what edges lead to"),
        element("p", f"{told} The line is the middle of this workflow, {middle:,.0f} effective tokens.{more}"),
        _plot(plotted, middle),
    )


def _name(one: ReportWorkflowWire, place: int) -> str:
    edge = one.graph.edges[place]
    return f"{shown(edge.source)} → {shown(edge.target)}"


def _differs(figures: Sequence[EdgeFiguresWire]) -> bool:
    """Whether runs were recorded, or the source tells of some that it costs more than of others."""
    recorded = any(_is_recorded(each) for each in figures)
    return recorded or _each(figures[0]) >= _MORE * _each(figures[-1])


def _is_recorded(figures: EdgeFiguresWire) -> bool:
    return figures.target.recorded or bool(figures.et and figures.executions)


def _each(figures: EdgeFiguresWire) -> float:
    """What one execution of the target costs: as runs over this edge show it, or else as the source tells it."""
    return figures.et / figures.executions if figures.et and figures.executions else figures.target.typical


def _plot(plotted: Sequence[tuple[str, EdgeFiguresWire]], middle: float) -> Html:
    figures = [each for _, each in plotted]
    ends = [*(each.target.high for each in figures), *(_each(each) for each in figures)]
    low = max(1.0, min(middle, *(each.target.low for each in figures)))
    scale = _Scale(low, max(*ends, low * 2))
    rows = [part for place, (name, each) in enumerate(plotted) for part in _row(name, each, scale, place)]
    height = len(plotted) * _ROW + 4
    line = element("path", d=f"M{scale.at(middle)} 0V{height}", class_="middle")
    width = _NAMES + _PLOT + _FIGURES
    first, most = plotted[0][0], _each(plotted[0][1])
    return element(
        "svg",
        line,
        *rows,
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_label=f"{first} leads to what costs most, {most:,.0f} effective tokens; the middle is {middle:,.0f}",
        class_="costs",
        style=f"width:{width}px",
    )


def _row(name: str, figures: EdgeFiguresWire, scale: _Scale, place: int) -> tuple[Html, ...]:
    y = place * _ROW + _ROW / 2
    target, each = figures.target, _each(figures)
    recorded = _is_recorded(figures)
    start, end = scale.at(target.low), scale.at(target.high)
    text = f"{each:,.0f} recorded" if recorded else spent(target)
    return (
        element("text", name, x=_NAMES - 10, y=y + 4, class_="name"),
        element("rect", x=start, y=y - 3, width=max(end - start, 1), height=6, rx=3, class_="range"),
        element("circle", cx=scale.at(each), cy=y, r=5, class_="recorded" if recorded else "likely"),
        element("text", text, x=_NAMES + _PLOT + 10, y=y + 4, class_="figure"),
    )

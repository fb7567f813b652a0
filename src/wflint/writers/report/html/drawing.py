"""A workflow as SVG: edges coloured by the probability of a mismatch, as wide as what they lead to costs."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.model.workflow import END, START, StepKind
from wflint.writers.graph_json import EdgeWire
from wflint.writers.report.document import DuplicateWire, EdgeFiguresWire, ReportWorkflowWire
from wflint.writers.report.html.elements import Html, element
from wflint.writers.report.html.layout import HEIGHT, MARGIN, WIDEST, WIDTH, Layout, Spot, layout
from wflint.writers.report.words import cut

LONGEST = 21
"""So many characters of a name fit into its box."""
_SHADES = (0.05, 0.1, 0.2, 0.4)
"""The probabilities between which the colours change."""
_THIN, _THICK = 1.5, 6.0
_HEAD = 8
"""How long the head of an arrow is."""


def drawing(one: ReportWorkflowWire, number: int) -> Html:
    """The picture of a workflow; its parts are known to the script by their numbers."""
    where = layout((step.id for step in one.graph.steps), [(edge.source, edge.target) for edge in one.graph.edges])
    parts = [*_edges(one, where), *_steps(one, where)]
    inner = element("g", *parts, class_="all")
    return element(
        "svg",
        inner,
        viewBox=f"0 0 {where.width:.0f} {where.height:.0f}",
        data_flow=number,
        role="group",
        aria_label=f"{one.title}: arrow keys go from part to part, Enter tells more",
        style=f"width:{where.width:.0f}px",
    )


def _steps(one: ReportWorkflowWire, where: Layout) -> Iterator[Html]:
    known = {step.id: (place, step.kind) for place, step in enumerate(one.graph.steps)}
    for name, spot in where.spots.items():
        place, kind = known.get(name, (-1, StepKind.FUNCTION))
        yield element(
            "g",
            *_box(name, spot, kind),
            class_=f"step {kind}",
            data_step=place,
            tabindex=-1,
            role="button",
            aria_label=f"step {shown(name)}, {kind}",
        )


def _box(name: str, spot: Spot, kind: str) -> tuple[Html, ...]:
    """The box of a step with its name, and the whole name where somebody points at it."""
    shape = element(
        "rect",
        x=spot.x - WIDTH / 2,
        y=spot.y - HEIGHT / 2,
        width=WIDTH,
        height=HEIGHT,
        rx=20 if kind in (StepKind.AGENT, StepKind.START, StepKind.END) else 4,
    )
    return element("title", cut(name, 200)), shape, element("text", shown(name), x=spot.x, y=spot.y + 5)


def merged(one: DuplicateWire) -> Html:
    """One step in place of several: who feeds them above it, who would take the shared output below it."""
    middle = " = ".join(dict.fromkeys(step.step for step in one.steps)) or "one step"
    feeders, users = one.feeders[:WIDEST], one.users[:WIDEST]
    pairs = [*((feeder, middle) for feeder in feeders), *((middle, user) for user in users)]
    where = layout((*feeders, middle, *users), pairs)
    ways = [
        _way(where.spots[source], where.spots[target], where, place) for place, (source, target) in enumerate(pairs)
    ]
    arrows = [
        element("g", element("path", d=way, class_="line"), element("path", d=_head(way), class_="tip"), class_="p0")
        for way in ways
    ]
    boxes = [
        element("g", *_box(name, spot, StepKind.AGENT if name == middle else StepKind.FUNCTION), class_="step")
        for name, spot in where.spots.items()
    ]
    return element(
        "svg",
        *arrows,
        *boxes,
        viewBox=f"0 0 {where.width:.0f} {where.height:.0f}",
        role="img",
        aria_label=f"{', '.join(feeders) or 'callers'} lead to {cut(middle, 200)}, which leads to "
        f"{', '.join(users) or 'the end'}",
        class_="merge",
        style=f"width:{where.width:.0f}px",
    )


def shown(name: str) -> str:
    """A name as it fits into a box."""
    return cut({START: "start", END: "end"}.get(name, name), LONGEST)


def _edges(one: ReportWorkflowWire, where: Layout) -> Iterator[Html]:
    dearest = max((figures.target.typical for figures in one.edges), default=0.0)
    for place, (edge, figures) in enumerate(zip(one.graph.edges, one.edges, strict=True)):
        way = _way(where.spots[edge.source], where.spots[edge.target], where, place)
        width = _THIN + (_THICK - _THIN) * (figures.target.typical / dearest if dearest else 0.0)
        dashed = "4 4" if edge.label is not None or edge.certainty != "certain" else None
        line = element("path", d=way, class_="line", stroke_width=f"{width:.1f}", stroke_dasharray=dashed)
        yield element(
            "g",
            element("path", d=way, class_="hit"),
            line,
            element("path", d=_head(way), class_="tip"),
            class_=f"edge p{shade(edge)}",
            data_edge=place,
            tabindex=-1,
            role="button",
            aria_label=_spoken(edge, figures),
        )


def _spoken(edge: EdgeWire, figures: EdgeFiguresWire) -> str:
    label = edge.coordination
    told = f", {label.label}, p {label.p_mismatch:.2f}" if label is not None else ""
    return f"edge from {shown(edge.source)} to {shown(edge.target)}{told}, loss {figures.loss:.0f}"


def shade(edge: EdgeWire) -> int:
    """Which colour an edge has, 0 to 4."""
    p = edge.coordination.p_mismatch if edge.coordination is not None else 0.0
    return sum(p >= bound for bound in _SHADES)


def _way(source: Spot, target: Spot, where: Layout, place: int) -> str:
    """A curve from one step to the next; around the steps between them on the side of the source."""
    start, end = source.y + HEIGHT / 2, target.y - HEIGHT / 2
    if 0 < end - start < HEIGHT * 2:
        middle = (start + end) / 2
        curve = f"{source.x:.0f} {middle:.0f} {target.x:.0f} {middle:.0f}"
        return f"M{source.x:.0f} {start:.0f}C{curve} {target.x:.0f} {end - _HEAD:.0f}"
    beside = source.x - target.x or (1 if place % 2 else -1)
    side = 1 if beside > 0 else -1
    reach = WIDTH / 2 + 24 + 10 * (place % 4)
    left, right = min(source.x, target.x) - reach, max(source.x, target.x) + reach
    bend = min(max(right if side > 0 else left, MARGIN / 6), where.width - MARGIN / 6)
    leaves, enters = source.x + side * WIDTH / 2, target.x + side * (WIDTH / 2 + _HEAD)
    return (
        f"M{leaves:.0f} {source.y:.0f}C{bend:.0f} {source.y:.0f} {bend:.0f} {source.y:.0f} "
        f"{bend:.0f} {(source.y + target.y) / 2:.0f}S{bend:.0f} {target.y:.0f} {enters:.0f} {target.y:.0f}"
    )


def _head(way: str) -> str:
    """The head of an arrow where a curve ends, in the direction of its last bend."""
    numbers = [float(number) for number in way.replace("C", " ").replace("S", " ").replace("M", "").split()]
    (bend_x, bend_y), (x, y) = numbers[-4:-2], numbers[-2:]
    if abs(x - bend_x) > abs(y - bend_y):
        side = _HEAD if x > bend_x else -_HEAD
        return f"M{x:.0f} {y - 5:.0f}L{x + side:.0f} {y:.0f}L{x:.0f} {y + 5:.0f}Z"
    return f"M{x - 5:.0f} {y:.0f}L{x:.0f} {y + _HEAD:.0f}L{x + 5:.0f} {y:.0f}Z"

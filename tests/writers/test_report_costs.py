"""The plot of what edges lead to costs."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from tests.writers.reporting import REPORTED, report_of
from wflint.writers.execution_wire import CostWire
from wflint.writers.report.document import EdgeFiguresWire, ReportWorkflowWire
from wflint.writers.report.html.costs import MOST_EDGES, costs

TOUR = report_of(REPORTED["tour"]).workflows[0]
NAMES = [f"{edge.source} → {edge.target}" for edge in TOUR.graph.edges]


def estimated(typical: float) -> EdgeFiguresWire:
    cost = CostWire(low=typical / 10, typical=typical, high=typical * 10, recorded=False)
    return TOUR.edges[0].model_copy(update={"target": cost})


def recorded(tokens: float, executions: int) -> EdgeFiguresWire:
    return estimated(100).model_copy(update={"et": tokens, "executions": executions})


def plotted(*figures: EdgeFiguresWire) -> list[tuple[str, str, str]]:
    """The rows: name, class of the dot, figure."""
    found = costs(_with(*figures))
    if not found:
        return []
    svg = ET.fromstring(found[-1])  # noqa: S314 (made here)
    texts = [part.text or "" for part in svg.iter("text")]
    dots = [part.get("class") or "" for part in svg.iter("circle")]
    return list(zip(texts[::2], dots, texts[1::2], strict=True))


def _with(*figures: EdgeFiguresWire) -> ReportWorkflowWire:
    edges = tuple(TOUR.graph.edges[0] for _ in figures)
    return TOUR.model_copy(update={"edges": figures, "graph": TOUR.graph.model_copy(update={"edges": edges})})


def test_dearest_first_recorded_and_estimated() -> None:
    rows = plotted(estimated(50), recorded(900, 3), estimated(2000))
    assert [(dot, figure) for _, dot, figure in rows] == [
        ("likely", "about 200 to 20,000"),
        ("recorded", "300 recorded"),
        ("likely", "about 5 to 500"),
    ]


def test_no_plot_where_nothing_tells_edges_apart() -> None:
    assert plotted(estimated(100), estimated(120)) == []
    assert plotted(recorded(900, 3)) == []
    assert plotted(estimated(0), estimated(0)) == []


def test_the_middle_and_what_is_left_out() -> None:
    found = costs(_with(*(estimated(100 * (number + 1)) for number in range(MOST_EDGES + 3))))
    assert (
        "The line is the middle of this workflow, 1,400 effective tokens. 3 edges that lead to less are left out."
        in found[1]
    )
    assert len(plotted(*(estimated(100 * (number + 1)) for number in range(MOST_EDGES + 3)))) == MOST_EDGES


def test_names_are_text() -> None:
    hostile = TOUR.graph.edges[0].model_copy(update={"source": "<b>&", "target": "x"})
    flow = _with(recorded(10, 1), recorded(90, 1))
    flow = flow.model_copy(update={"graph": flow.graph.model_copy(update={"edges": (hostile, hostile)})})
    svg = ET.fromstring(costs(flow)[-1])  # noqa: S314 (made here)
    assert next(part.text for part in svg.iter("text")) == "<b>& → x"

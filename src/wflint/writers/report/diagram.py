"""A workflow as a Mermaid flowchart that GitHub draws: beyond its limits, the steps that matter most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from wflint.model.workflow import StepKind
from wflint.writers.escape import printable
from wflint.writers.graph_json import EdgeWire
from wflint.writers.report.document import ReportWorkflowWire

MOST_EDGES = 80
"""GitHub draws no more than 500; more than this nobody reads."""
MOST_STEPS = 60
LONGEST = 60
"""So many characters of a name are shown."""

_SHAPES = {
    StepKind.START: ("([", "])"),
    StepKind.END: ("([", "])"),
    StepKind.ROUTER: ("{", "}"),
    StepKind.SUBWORKFLOW: ("[[", "]]"),
    StepKind.HUMAN: ("[/", "/]"),
    StepKind.AGENT: ("(", ")"),
}


def flowchart(one: ReportWorkflowWire) -> Iterator[str]:
    """The lines of the flowchart, with what is left out in the last one."""
    kept = _kept(one)
    kinds = {step.id: step.kind for step in one.graph.steps}
    numbers = {name: f"s{number}" for number, name in enumerate(sorted(kept))}
    yield "flowchart LR"
    for name, number in numbers.items():
        before, after = _SHAPES.get(kinds.get(name, StepKind.FUNCTION), ("[", "]"))
        yield f'    {number}{before}"{_quoted(name)}"{after}'
    edges = [edge for edge in one.graph.edges if edge.source in kept and edge.target in kept]
    drawn = sorted(edges, key=_weight, reverse=True)[:MOST_EDGES]
    for edge in drawn:
        yield f"    {numbers[edge.source]} {_arrow(edge)} {numbers[edge.target]}"
    dynamic = [place for place, edge in enumerate(drawn) if edge.is_dynamic]
    if dynamic:
        yield f"    linkStyle {','.join(map(str, dynamic))} stroke:#c2410c,stroke-width:3px"


def left_out(one: ReportWorkflowWire) -> tuple[int, int]:
    """So many steps and edges that the flowchart does not show."""
    kept = _kept(one)
    inner = sum(edge.source in kept and edge.target in kept for edge in one.graph.edges)
    return len(_names(one)) - len(kept), len(one.graph.edges) - min(inner, MOST_EDGES)


def _names(one: ReportWorkflowWire) -> list[str]:
    ends = (name for edge in one.graph.edges for name in (edge.source, edge.target))
    return list(dict.fromkeys((*(step.id for step in one.graph.steps), *ends)))


def _kept(one: ReportWorkflowWire) -> frozenset[str]:
    """The steps that are shown: of too many, those that risks meet at, then those with most edges."""
    names = _names(one)
    if len(names) <= MOST_STEPS:
        return frozenset(names)
    weight: Mapping[str, float] = _weights(one)
    return frozenset(sorted(names, key=lambda name: -weight[name])[:MOST_STEPS])


def _weights(one: ReportWorkflowWire) -> Counter[str]:
    weight: Counter[str] = Counter()
    for edge in one.graph.edges:
        for name in (edge.source, edge.target):
            weight[name] += 1 + 10 * edge.is_dynamic
    return weight


def _weight(edge: EdgeWire) -> float:
    return edge.coordination.p_mismatch if edge.coordination is not None else 0.0


def _arrow(edge: EdgeWire) -> str:
    line = "-->" if edge.label is None else "-.->"
    caption = f"p {_weight(edge):.2f}" if edge.is_dynamic else ""
    route = _quoted(edge.label) if edge.label is not None else ""
    text = " ".join(part for part in (route, caption) if part)
    return f'{line}|"{text}"|' if text else line


def _quoted(text: str) -> str:
    """Text inside Mermaid's double quotes: whatever is no letter, digit or space is an entity."""
    shown = printable(text)
    cut = shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
    return "".join(sign if sign.isalnum() or sign in " _…" else f"#{ord(sign)};" for sign in cut)

"""The section of the page about one workflow: its picture, what is wrong, when its steps run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wflint.analyses.execution.executions import Bound
from wflint.writers.execution_wire import ExecutionWire
from wflint.writers.report.document import ContractsWire, FindingWire, ReportWorkflowWire
from wflint.writers.report.html.costs import costs
from wflint.writers.report.html.drawing import drawing
from wflint.writers.report.html.elements import Html, element, joined
from wflint.writers.report.html.words import code, place
from wflint.writers.report.words import cut, spent
from wflint.writers.summary import count

MOST_NAMES = 30


def workflow(one: ReportWorkflowWire, number: int, known: Mapping[str, FindingWire], *, is_open: bool) -> Html:
    """One workflow; it can be opened and closed."""
    load = one.load
    told = f" {count(load.edges, 'edge')}, {load.dynamic_edges} to watch, {count(len(one.findings), 'finding')}"
    return element(
        "details",
        element("summary", element("h2", cut(one.title, 80)), element("span", told)),
        element(
            "p",
            code(cut(one.graph.id, 300)),
            f" ({cut(one.graph.framework, 60)}, ",
            code(place(one.graph.location)),
            ")",
        ),
        *_findings(one, known),
        _tools(),
        element(
            "div",
            element("div", drawing(one, number), class_="picture"),
            element(
                "aside",
                _legend(),
                class_="panel",
                aria_live="polite",
                aria_label=f"Details, workflow {number + 1}",
                tabindex=0,
            ),
            class_="graph",
        ),
        *(_execution(one.graph.execution) if one.graph.execution is not None else ()),
        *costs(one),
        _split(one),
        _contracts(one.contracts),
        id=f"w{number}",
        open="open" if is_open else None,
    )


def _tools() -> Html:
    buttons = (("in", "Zoom in"), ("out", "Zoom out"), ("fit", "Whole graph"))
    return element(
        "p", *(element("button", label, type="button", data_zoom=name) for name, label in buttons), class_="tools"
    )


def _legend() -> Html:
    shades = ("below .05", ".05 to .10", ".10 to .20", ".20 to .40", ".40 and more")
    return joined(
        (
            element("h3", "Choose a step or an edge"),
            element(
                "p", "Colours: the probability that what is handed over does not fit. Width: what the target costs."
            ),
            element(
                "ul", *(element("li", name, class_=f"p{place}") for place, name in enumerate(shades)), class_="legend"
            ),
        )
    )


def _findings(one: ReportWorkflowWire, known: Mapping[str, FindingWire]) -> Iterator[Html]:
    found = [known[name] for name in one.findings if name in known]
    if found:
        items = [
            element(
                "li", element("b", f"{each.level} {each.rule} "), cut(each.message), " ", code(place(each.location))
            )
            for each in found
        ]
        yield element("ul", *items, class_="findings", tabindex=0, aria_label="Findings")


def _execution(plan: ExecutionWire) -> Iterator[Html]:
    yield element("h3", "Execution plan")
    path = set(plan.critical_path)
    stages = [
        element(
            "li",
            *(
                element("span", cut(name, 40), class_="chip critical" if name in path else "chip")
                for name in stage.steps[:MOST_NAMES]
            ),
            element("small", f" {stage.together}" if len(stage.steps) > 1 else ""),
        )
        for stage in plan.stages[:200]
    ]
    yield element(
        "p", f"Critical path (marked): {spent(plan.cost)} effective tokens; every step once: {spent(plan.once)}."
    )
    yield element("ol", *stages, class_="stages", tabindex=0, aria_label="Stages")
    items = [*_overlaps(plan), *_bounds(plan)]
    if items:
        yield element("ul", *(element("li", item) for item in items))


def _overlaps(plan: ExecutionWire) -> Iterator[str]:
    for pair in plan.independent:
        yield f"{cut(pair.first, 60)} and {cut(pair.second, 60)} could run at the same time: saves {spent(pair.saved)}"
    for wait in plan.waits:
        names = ", ".join(cut(name, 60) for name in wait.sources[:MOST_NAMES])
        yield f"{cut(wait.target, 60)} waits for {names}; {cut(wait.last, 60)} comes last"


def _bounds(plan: ExecutionWire) -> Iterator[str]:
    if plan.worst:
        yield f"at most {plan.worst:,.0f} effective tokens a run"
    for bound in Bound:
        found = [one for one in plan.executions if one.bound is bound]
        if found and bound is not Bound.ONCE:
            most = max((one.most for one in found if one.most is not None), default=None)
            names = ", ".join(cut(one.step, 60) for one in found[:MOST_NAMES])
            yield f"{bound}{f', at most {most} times' if most is not None else ''}: {names}"


def _split(one: ReportWorkflowWire) -> Html:
    cutting = one.load.split
    if cutting is None:
        return Html("")
    names = ", ".join(cut(name, 60) for name in cutting.later[:3])
    return element("p", f"Split it before {names}: {count(cutting.crossing, 'edge')} would lead across.")


def _contracts(found: ContractsWire) -> Html:
    return element(
        "p",
        element("b", "Contracts: "),
        f"{found.symmetric} of {count(found.steps, 'step')} say what they need and what they offer; "
        f"{found.offers_declared} of {count(found.offers, 'offer')} and {found.needs_declared} of "
        f"{count(found.needs, 'need')} have a type or a description; {found.offers_checked} offers are checked; "
        f"{found.consumers_supplied} of {count(found.consumers, 'reader')} always find a value, "
        f"{found.consumers_missing} never.",
    )

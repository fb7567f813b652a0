"""The page: what to do first, then everything behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files

from wflint.writers.escape import printable
from wflint.writers.report.actions import headed
from wflint.writers.report.document import ActionWire, ComparisonWire, ReportDocument, TracesWire, plain
from wflint.writers.report.html.drawing import merged
from wflint.writers.report.html.elements import Child, Html, element, joined, table
from wflint.writers.report.html.words import code, place
from wflint.writers.report.html.workflow import workflow
from wflint.writers.report.words import covered, cut, spent, words
from wflint.writers.summary import count

MOST_ROWS = 200
MANY = 20
"""From so many workflows on, they can be searched by name."""
SAFE = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
"""Nothing is loaded, whatever a name looks like."""


def write(document: ReportDocument) -> str:
    """The page as one file."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width,initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=SAFE),
        element("link", rel="icon", href="data:,"),
        element("title", "Health of the agent workflows"),
        element("style", _asset("style.css")),
    )
    body = element(
        "body",
        element("a", "Skip to what to do first", href="#first", class_="skip"),
        _header(document),
        element("main", *_sections(document)),
        element("script", _data(document), type="application/json", id="data"),
        element("script", _asset("script.js")),
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def _asset(name: str) -> Html:
    return Html((files(__package__) / name).read_text(encoding="utf-8"))


def _data(document: ReportDocument) -> Html:
    """The records of the workflows for the script, without a character that ends or begins markup."""
    data = json.dumps([_shown(plain(one)) for one in document.workflows], separators=(",", ":"))
    for sign in "<>&":
        data = data.replace(sign, f"\\u{ord(sign):04x}")
    return Html(data)


def _shown(value: object) -> object:
    """The same with every text as it is shown: names that were the same stay the same."""
    match value:
        case str():
            return printable(value)
        case list():
            return [_shown(one) for one in value]
        case dict():
            return {name: _shown(one) for name, one in value.items()}
        case _:
            return value


def _header(document: ReportDocument) -> Html:
    verdict = document.verdict
    return element(
        "header",
        element("h1", "Health of the agent workflows"),
        element("button", "Light or dark", type="button", id="theme"),
        element(
            "p",
            element("strong", verdict.health, class_=f"health {verdict.health}"),
            " ",
            element("span", " ".join(verdict.sentences)),
            class_="verdict",
        ),
    )


def _sections(document: ReportDocument) -> Iterator[Html]:
    yield _first(document)
    if document.comparison is not None:
        yield _compared(document.comparison, document)
    if document.workflows:
        yield _table(document)
    if document.risks:
        yield _risks(document)
    opened = max(document.workflows, key=lambda one: (len(one.findings), one.load.dynamic_edges), default=None)
    known = {finding.fingerprint: finding for finding in document.findings}
    yield from (workflow(one, number, known, is_open=one is opened) for number, one in enumerate(document.workflows))
    if document.duplicates:
        yield _duplicates(document)
    if document.traces is not None:
        yield _traces(document.traces)
    yield _unknown(document)


def _section(title: str, *children: Child, name: str | None = None) -> Html:
    return element("section", element("h2", title), *children, id=name)


def _first(document: ReportDocument) -> Html:
    if not document.actions:
        told = "Nothing." if document.workflows else "Look for the workflows, if there should be any."
        return _section("To do first", element("p", told), name="first")
    numbers: dict[str | None, int] = {one.graph.id: number for number, one in enumerate(document.workflows)}
    items = [_action(action, numbers.get(action.workflow)) for action in document.actions]
    return _section("To do first", element("ol", *items, class_="actions"), name="first")


def _action(action: ActionWire, number: int | None) -> Html:
    where = code(place(action.location)) if action.location is not None else Html("")
    shown = element("a", "show", href=f"#w{number}") if number is not None else Html("")
    stake = element("p", element("b", "At stake: "), cut(action.saves)) if action.saves else Html("")
    title, label, more = headed(action)
    return element(
        "li",
        element("h3", cut(title)),
        element("p", element("b", f"{label}: "), cut(more)),
        element("p", element("b", "Where: "), where, " ", shown),
        stake,
    )


def _compared(found: ComparisonWire, document: ReportDocument) -> Html:
    fresh = [one for one in document.findings if one.standing == "introduced"]
    return _section(
        "Since the earlier report",
        element(
            "p",
            f"{found.introduced} introduced, {len(found.fixed)} fixed, {found.existing} still there; edges to watch: "
            f"{found.before.dynamic_edges} before, {document.totals.dynamic_edges} now.",
        ),
        element("ul", *(element("li", "new: ", cut(one.message)) for one in fresh[:MOST_ROWS])),
        element("ul", *(element("li", "fixed: ", cut(one.message)) for one in found.fixed[:MOST_ROWS])),
    )


def _risks(document: ReportDocument) -> Html:
    dearest = max(risk.loss for risk in document.risks)
    rows: list[tuple[Child, ...]] = []
    for risk in document.risks:
        if not document.workflows[risk.workflow].edges[risk.edge].says_what_to_do:
            continue
        one = document.workflows[risk.workflow]
        edge, figures = one.graph.edges[risk.edge], one.edges[risk.edge]
        link = element("a", f"{cut(edge.source, 40)} → {cut(edge.target, 40)}", href=f"#w{risk.workflow}")
        rows.append(
            (
                link,
                cut(one.title, 40),
                f"{risk.p:.2f}",
                _bar(risk.loss, dearest),
                cut(figures.advice),
                code(place(edge.location)),
            )
        )
    heads = ("edge", "workflow", "p", "loss a run (ET)", "what to do", "where")
    totals = document.totals
    left = totals.dynamic_edges - totals.checkable_edges - totals.mismatched_edges
    more = " more" if rows else ""
    told = (
        f"{count(left, 'edge')}{more} may not fit, with nothing to check in the source: recorded runs would settle it."
    )
    return _section(
        "Edges to watch",
        table(heads, rows, "Edges to watch, the greatest loss first") if rows else Html(""),
        element("p", told) if left else Html(""),
    )


def _bar(value: float, most: float) -> Html:
    """A figure with a bar that is as long as it is great among the others."""
    share = 100 * value / most if most else 0.0
    return joined((f"{value:,.0f} ", element("span", class_="bar", style=f"width:{share:.0f}%", aria_hidden="true")))


def _table(document: ReportDocument) -> Html:
    rows: list[tuple[Child, ...]] = []
    for number, one in enumerate(document.workflows):
        contracts, plan, load = one.contracts, one.graph.execution, one.load
        held = f"{load.tokens:,}" + (f" ({load.window_share:.1%} of {load.model})" if load.window_share else "")
        link = element("a", cut(one.title, 60), href=f"#w{number}", style=f"margin-left:{min(one.depth, 8)}em")
        rows.append(
            (
                link,
                f"{one.steps}",
                f"{load.edges}",
                f"{load.dynamic_edges} ({load.dynamic_share:.0%})",
                f"{len(one.findings)}",
                f"{contracts.symmetric} of {contracts.steps}",
                spent(plan.cost) if plan is not None else "",
                held,
            )
        )
    heads = (
        "workflow",
        "steps",
        "edges",
        "to watch",
        "findings",
        "whole contracts",
        "critical path (ET)",
        "tokens held",
    )
    field = element("input", type="search", id="find", aria_label="Show workflows with this name only")
    find = element("p", element("label", "Find a workflow: ", field)) if len(rows) >= MANY else Html("")
    told = element("p", " ".join(words(document.weights)), class_="words")
    return _section("Workflows", find, table(heads, rows, "Workflows, each below the one that runs it"), told)


def _duplicates(document: ReportDocument) -> Html:
    items = [
        element(
            "li",
            cut(one.message),
            merged(one) if one.steps else Html(""),
        )
        for one in document.duplicates
    ]
    return _section("Duplicated work", element("ul", *items))


def _traces(found: TracesWire) -> Html:
    spent = f", {found.et:,.0f} effective tokens" if found.et is not None else ""
    rows = [(part.part, str(part.missing) if part.missing else "complete") for part in found.parts]
    return _section(
        "Recorded runs",
        element("p", f"{count(found.runs, 'run')}, {count(found.calls, 'model call')}{spent}."),
        table(("part of a complete trace", "missing"), rows, "What the traces lack"),
        element("ul", *(element("li", f"{cut(one.step, 60)}: {cut(one.frame)}") for one in found.anomalies)),
    )


def _unknown(document: ReportDocument) -> Html:
    lost = [*document.unresolved, *(item for one in document.workflows for item in one.graph.unresolved)]
    told = [(item.location, item.reason) for item in lost]
    told += [(notice.location, notice.message) for notice in document.notices]
    more = [element("li", f"{len(told) - MOST_ROWS} more are in the JSON")] if len(told) > MOST_ROWS else []
    return _section(
        "What is not known",
        element("p", covered(document)),
        element("ul", *(element("li", code(place(at)), ": ", cut(why)) for at, why in told[:MOST_ROWS]), *more),
    )

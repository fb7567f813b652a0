"""The things to do first: at most five, each of a kind of its own, with why, where and what it saves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto

from wflint.analyses.execution.hierarchy import Split
from wflint.analyses.facts import Facts
from wflint.analyses.labels.features import is_judged
from wflint.analyses.plan.planning import EdgePlan, plans_of
from wflint.analyses.plan.response import Watch
from wflint.analyses.wording import listed
from wflint.model.finding import Confidence, Coordination, Finding, Level
from wflint.model.workflow import Workflow
from wflint.rules.duplicate_step import EXAMPLES
from wflint.writers.report.document import ActionKind, ActionWire
from wflint.writers.report.sheet import ReportSheet
from wflint.writers.summary import count
from wflint.writers.wire import location

MOST = 5
UNRESOLVED = "WF991"
"""What could not be resolved has an action of its own."""
INCOMPLETE = "WF902"
"""What runs do not record matters less than what they show."""
_FEW_RECOVERED = 0.5
"""Below this share of the construction sites, what is missing comes first."""
EXAMPLES_RANK = 2
"""An error in an example comes after a warning elsewhere."""
_LEAST_SAVED = 1.0
"""Effective tokens a run below which nothing is said of an edge or of two steps."""


def actions(sheet: ReportSheet) -> tuple[ActionWire, ...]:
    """What to do first, in order; what is in tests comes last."""
    unseen = tuple(_unseen(sheet))
    coverage = sheet.own_coverage
    lost = coverage.sites and coverage.recovered < _FEW_RECOVERED * coverage.sites
    turns: dict[_Turn, list[ActionWire]] = {turn: [] for turn in _Turn}
    for group in _groups(sheet):
        turns[_turn(group[0], sheet)].append(_group(group, sheet))
    sure = turns[_Turn.SURE]
    found = [
        *(unseen if lost else ()),
        *sure[: MOST - 1],
        *_watch(sheet),
        *sure[MOST - 1 :],
        *_parallel(sheet),
        *_split(sheet),
        *(() if lost else unseen),
        *turns[_Turn.NOTE],
        *_record(sheet),
        *turns[_Turn.TRACES],
        *turns[_Turn.TESTS],
    ]
    return tuple(found[:MOST])


class _Turn(Enum):
    """When findings have their turn."""

    SURE = auto()
    NOTE = auto()
    TRACES = auto()
    TESTS = auto()


def _turn(finding: Finding, sheet: ReportSheet) -> _Turn:
    if sheet.is_test(finding.span.path):
        return _Turn.TESTS
    if finding.code == INCOMPLETE:
        return _Turn.TRACES
    return _Turn.NOTE if finding.level is Level.NOTE else _Turn.SURE


def headed(action: ActionWire) -> tuple[str, str, str]:
    """What stands above an action, the label of what stands below it, and that.

    What to do about a finding ("declare it") is understood after what is wrong.
    """
    if action.kind is ActionKind.FINDING:
        return _capital(action.why), "Do", action.what
    return action.what, "Why", action.why


def _unseen(sheet: ReportSheet) -> Iterator[ActionWire]:
    """What could not be resolved outside tests: the first place of it."""
    items = [*sheet.program.unresolved, *(item for flow in sheet.program.workflows for item in flow.unresolved)]
    items = [item for item in items if not sheet.is_test(item.span.path)]
    if not items:
        return
    coverage = sheet.own_coverage
    left = coverage.sites - coverage.recovered
    missing = f"{left} of {count(coverage.sites, 'place')} that construct workflows are in no workflow" if left else ""
    opened = f"{count(coverage.edges_open, 'step')} with targets that are not known" if coverage.edges_open else ""
    yield ActionWire(
        kind=ActionKind.COVERAGE,
        what=f"Make {count(len(items), 'place')} readable, or check by hand what wflint could not",
        why=f"{'; '.join(filter(None, (missing, opened))) or 'some code is not resolved'}: {items[0].reason}",
        location=location(items[0].span, sheet.texts),
        workflow=None,
        step=None,
        edge=None,
        rule=None,
        times=len(items),
        saves="checks that are off there now",
    )


def _groups(sheet: ReportSheet) -> list[list[Finding]]:
    """Findings by rule and workflow, the worst first, product code before examples and tests."""
    groups: dict[tuple[str, str | None], list[Finding]] = {}
    for finding in sheet.findings:
        if finding.code != UNRESOLVED:
            groups.setdefault((finding.code, finding.workflow), []).append(finding)
    by_rank = sorted(groups.values(), key=lambda group: _rank(group[0], sheet))
    first: dict[str, list[Finding]] = {}
    for group in by_rank:
        first.setdefault(group[0].code, []).extend(group)
    return sorted(first.values(), key=lambda group: _rank(group[0], sheet))


def _rank(finding: Finding, sheet: ReportSheet) -> tuple[bool, bool, int, int]:
    path = finding.span.path
    return (
        sheet.is_test(path),
        finding.level is Level.NOTE,
        EXAMPLES_RANK * (EXAMPLES.search(path) is not None) - finding.level.rank,
        list(Confidence).index(finding.confidence),
    )


def _group(group: Sequence[Finding], sheet: ReportSheet) -> ActionWire:
    first = group[0]
    why, semicolon, what = first.message.rpartition("; ")
    flow = sheet.program.workflow(first.workflow) if first.workflow is not None else None
    more = f" (and at {count(len(group) - 1, 'more place')})" if len(group) > 1 else ""
    return ActionWire(
        kind=ActionKind.FINDING,
        what=_capital(_advice(what) if semicolon else f"read `wflint rule {first.code}`") + more,
        why=why if semicolon else first.message,
        location=location(first.span, sheet.texts),
        workflow=first.workflow,
        step=first.observation.step,
        edge=first.observation.edge,
        rule=first.code,
        times=len(group),
        saves=_saved(first, sheet.facts.of(flow) if flow is not None else None),
    )


def _advice(text: str) -> str:
    """What a message ends with, as something to do."""
    name = text.removeprefix("did you mean ")
    return text if name == text else f"use {name.removesuffix('?')}, if that is meant"


def _saved(finding: Finding, facts: Facts | None) -> str:
    """What hangs on it, as far as that is known."""
    step = finding.observation.step
    if facts is None or step is None:
        return ""
    impact, cost = facts.impact, facts.execution.costs
    names = [step, *impact.of(step)]
    if len(names) == 1:
        return ""
    tokens = sum(cost[name].typical for name in names if name in cost)
    share = f"{len(names)} of {count(impact.total, 'step')} depend on it"
    return f"{share}, about {tokens:,.0f} effective tokens a run" if tokens else share


def _watch(sheet: ReportSheet) -> Iterator[ActionWire]:
    """The edge that watching saves most on."""
    best: tuple[float, Workflow, EdgePlan, int] | None = None
    for flow in sheet.own_workflows:
        facts = sheet.facts.of(flow)
        for plan in plans_of(facts, facts.labelling):
            saved = _worth(plan)
            if saved > (best[0] if best is not None else _LEAST_SAVED):
                best = saved, flow, plan, facts.load.dynamic_edges
    if best is None:
        return
    saved, flow, plan, dynamic = best
    assert isinstance(plan.response, Watch)
    edge, label = plan.edge, plan.label
    reasons = "; ".join(reason.text for reason in label.reasons[:2] if reason.weight > 0)
    yield ActionWire(
        kind=ActionKind.WATCH,
        what=f"Watch {_arrow(edge.source, edge.target)} in {sheet.titles[flow.id]}: "
        f"check that {plan.response.condition}",
        why=f"a mismatch has probability {label.p_mismatch:.2f}, watching pays from {label.threshold:.2f}"
        + (f": {reasons}" if reasons else ""),
        location=location(edge.span, sheet.texts),
        workflow=flow.id,
        step=None,
        edge=(edge.source, edge.target),
        rule=None,
        times=dynamic,
        saves=f"about {saved:,.0f} effective tokens a run, after the cost of watching",
    )


def _worth(plan: EdgePlan) -> float:
    """What watching an edge saves a run; nothing where there is nothing to check."""
    if not plan.checkable or not is_judged(plan.label.reasons):
        return 0.0
    label = plan.label
    return plan.costs.static(label.p_mismatch) - plan.costs.dynamic(label.p_mismatch)


def _record(sheet: ReportSheet) -> Iterator[ActionWire]:
    """Runs to record, where nothing else can tell whether edges fit: the edge that most probably does not."""
    if sheet.recording is not None:
        return
    doubted = [
        (plan, flow)
        for flow in sheet.own_workflows
        for plan in plans_of(sheet.facts.of(flow), sheet.facts.of(flow).labelling)
        if plan.label.label is Coordination.DYNAMIC and not plan.checkable
    ]
    if not doubted:
        return
    plan, flow = max(doubted, key=lambda pair: pair[0].label.p_mismatch)
    yield ActionWire(
        kind=ActionKind.RECORD,
        what=f"Record some runs and hand them over: wflint report --traces FOLDER ({count(len(doubted), 'edge')})",
        why=f"{_arrow(plan.edge.source, plan.edge.target)} in {sheet.titles[flow.id]} may not fit (probability "
        f"{plan.label.p_mismatch:.2f}), and the source shows nothing to check",
        location=location(plan.edge.span, sheet.texts),
        workflow=flow.id,
        step=None,
        edge=(plan.edge.source, plan.edge.target),
        rule=None,
        times=len(doubted),
        saves="",
    )


def _parallel(sheet: ReportSheet) -> Iterator[ActionWire]:
    """The two steps that save most where they run at the same time."""
    pairs = [(one, flow) for flow in sheet.own_workflows for one in sheet.facts.of(flow).execution.independent]
    if not pairs:
        return
    one, flow = max(pairs, key=lambda pair: pair[0].saved.typical)
    yield ActionWire(
        kind=ActionKind.PARALLEL,
        what=f'Start "{one.second}" beside "{one.first}" in {sheet.titles[flow.id]}, and join them after both',
        why=f'"{one.second}" runs after "{one.first}" and needs nothing that it writes',
        location=location(one.edge.span, sheet.texts),
        workflow=flow.id,
        step=None,
        edge=(one.first, one.second),
        rule=None,
        times=len(pairs),
        saves=f"the time of about {one.saved.typical:,.0f} effective tokens on the critical path",
    )


def _split(sheet: ReportSheet) -> Iterator[ActionWire]:
    """The largest workflow that is worth splitting, of those with edges to watch."""
    loads = [(flow, sheet.facts.of(flow).load) for flow in sheet.own_workflows]
    large = [(flow, load.split) for flow, load in loads if load.split is not None and load.dynamic_edges]
    if not large:
        return
    flow, cut = max(large, key=lambda pair: len(pair[0].steps))
    held = sheet.facts.of(flow).load
    yield ActionWire(
        kind=ActionKind.SPLIT,
        what=f"Split {sheet.titles[flow.id]} before {_names(cut)}: {count(cut.crossing, 'edge')} would lead across",
        why=f"one orchestrator has {count(len(flow.steps), 'step')} and {count(held.edges, 'edge')}, "
        f"{held.dynamic_edges} of them to watch",
        location=location(flow.span, sheet.texts),
        workflow=flow.id,
        step=None,
        edge=None,
        rule=None,
        times=len(large),
        saves=f"two orchestrators share what one holds now, about {held.tokens:,} tokens",
    )


def _names(cut: Split) -> str:
    return listed(cut.later[:3], len(cut.later))


def _arrow(source: str, target: str) -> str:
    return f'"{source}" → "{target}"'


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""Runs the rules and decides who hears of it.

The one place for caution (`needs`), for what the configuration selects, for severity and persona, for inline ignores
and for order: no rule knows of any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, cast

from msgspec import Struct
from msgspec.structs import replace

from wflint.engine.comments import UNUSED_IGNORE, Comment, suppress, unused
from wflint.engine.folding import by_cause, by_maker
from wflint.engine.identity import identify
from wflint.engine.kept_observations import KeptObservation
from wflint.engine.settings import Settings
from wflint.model.containment import Containment
from wflint.model.finding import Confidence, Finding, Level, Observation, Persona
from wflint.model.program import Program
from wflint.model.span import Span
from wflint.model.workflow import Workflow
from wflint.rulebook import Requirement, Rule, Rulebook, RulePage, Scope

if TYPE_CHECKING:
    from wflint.analyses.facts import ProgramFacts
    from wflint.rulebook import ProgramCheck, WorkflowCheck


class Outcome(Struct, frozen=True):
    """What the rules found: the findings to print, in order of place, and those that inline comments silence.

    `unheard` are the fingerprints of those that are there and not for this persona, or not told of their file.
    """

    findings: tuple[Finding, ...]
    silenced: tuple[Finding, ...] = ()
    unheard: frozenset[str] = frozenset()


class _Seen(Struct, frozen=True):
    """An observation with the page of its rule; `workflow` is None where the rule looked at the whole program."""

    page: RulePage
    observation: Observation
    workflow: Workflow | None
    precondition_holds: bool


def run(
    program: Program,
    rules: Iterable[Rule],
    pages: Rulebook,
    settings: Settings,
    comments: Mapping[str, tuple[Comment, ...]],
    facts: ProgramFacts,
    contained: Containment,
) -> Outcome:
    """Findings of all active rules, judged, silenced where comments say so, sorted and fingerprinted."""
    active = [rule for rule in rules if rule.name in settings.active]
    return settled(observed(program, active, pages, facts, contained), program, pages, settings, comments)


def observed(
    program: Program, rules: Iterable[Rule], pages: Rulebook, facts: ProgramFacts, contained: Containment
) -> tuple[KeptObservation, ...]:
    """What the rules see, before anything is judged."""
    seen = _observe(program, rules, pages, facts, contained)
    return tuple(
        KeptObservation(each.page.name, each.workflow.id if each.workflow else None, each.observation) for each in seen
    )


def settled(
    kept: Iterable[KeptObservation],
    program: Program,
    pages: Rulebook,
    settings: Settings,
    comments: Mapping[str, tuple[Comment, ...]],
) -> Outcome:
    """The findings that observations come to."""
    parted = suppress(_settle(_seen(kept, program, pages), settings), comments, pages)
    idle = tuple(_about_comments(parted.used, comments, pages, settings)) if comments else ()
    extra = suppress(_settle(idle, settings), comments, pages)
    reported = sorted((*parted.reported, *extra.reported), key=_order)
    suppressed = sorted((*parted.suppressed, *extra.suppressed), key=_order)
    return Outcome(
        findings=tuple(finding for finding in reported if _is_reported(finding, settings)),
        silenced=tuple(finding for finding in suppressed if _is_reported(finding, settings)),
        unheard=frozenset(finding.fingerprint for finding in reported if not _is_reported(finding, settings)),
    )


def _seen(kept: Iterable[KeptObservation], program: Program, pages: Rulebook) -> Iterator[_Seen]:
    workflows = {workflow.id: workflow for workflow in program.workflows}
    for each in kept:
        page, workflow = pages.page(each.rule), workflows.get(each.workflow) if each.workflow is not None else None
        about = (workflow,) if workflow is not None else program.workflows
        yield _Seen(page, each.observation, workflow, _meets(page, about))


def _observe(
    program: Program, rules: Iterable[Rule], pages: Rulebook, facts: ProgramFacts, contained: Containment
) -> Iterator[_Seen]:
    """What each rule sees; one that fails at a workflow still sees the others, and other rules see this one."""
    start = program.workflows[0].span if program.workflows else Span(".", 1, 1, 1, 1)
    for rule in rules:
        page, subject = pages.page(rule.name), f"rule {rule.name}"
        if page.scope is Scope.PROGRAM:
            with contained.contain(subject, start, "more of its findings may be missing"):
                yield from _observe_program(cast("ProgramCheck", rule.check), page, program, facts)
            continue
        for workflow in program.workflows:
            with contained.contain(subject, workflow.span, f'more of its findings in "{workflow.name}" may be missing'):
                yield from _observe_workflow(rule, page, workflow, facts)
        if rule.beside is not None:
            with contained.contain(subject, start, "more of its findings may be missing"):
                yield from _observe_program(rule.beside, page, program, facts)


def _observe_workflow(rule: Rule, page: RulePage, workflow: Workflow, facts: ProgramFacts) -> Iterator[_Seen]:
    precondition_holds = _meets(page, (workflow,))
    check = cast("WorkflowCheck", rule.check)
    is_test = facts.program.is_test(workflow.span.path)
    is_only_built = is_test and workflow.only_built and not workflow.parents
    is_meant = is_only_built or any(item.is_meant for item in workflow.unresolved)
    for observation in check(workflow, facts.of(workflow)):
        stands_in = is_test and (observation.level or page.level) is Level.WARNING  # a test needs no more than it tests
        told = replace(observation, level=Level.NOTE) if is_meant or stands_in else observation
        yield _Seen(page, told, workflow, precondition_holds)


def _observe_program(check: ProgramCheck, page: RulePage, program: Program, facts: ProgramFacts) -> Iterator[_Seen]:
    precondition_holds = _meets(page, program.workflows)
    for observation in check(program, facts):
        yield _Seen(page, observation, None, precondition_holds)


def _meets(page: RulePage, workflows: Iterable[Workflow]) -> bool:
    """Whether all that the rule must know is known."""
    return Requirement.COMPLETE_EDGES not in page.needs or all(workflow.complete_edges for workflow in workflows)


def _about_comments(
    used: frozenset[tuple[Comment, str | None]],
    comments: Mapping[str, tuple[Comment, ...]],
    pages: Rulebook,
    settings: Settings,
) -> Iterator[_Seen]:
    if UNUSED_IGNORE in settings.active:
        page = pages.page(UNUSED_IGNORE)
        for observation in unused(comments, used, settings.active, pages):
            yield _Seen(page, observation, None, precondition_holds=True)


def _settle(seen: Iterable[_Seen], settings: Settings) -> tuple[Finding, ...]:
    """Findings in order, each once: code that several workflows share is wrong once, whatever depends on it in each.

    Notes are told apart by their words: the labels of one edge may differ.
    """
    known = tuple(seen)
    makers = frozenset(one.workflow.span for one in known if one.workflow is not None)
    judged = sorted((_judge(one, settings) for one in known), key=_order)
    once: dict[tuple[str, Span, object], Finding] = {}
    for finding in by_cause(by_maker(judged, makers)):
        about = finding.message if finding.level is Level.NOTE else finding.observation.key
        once.setdefault((finding.code, finding.span, about), finding)
    return identify(once.values())


def _judge(seen: _Seen, settings: Settings) -> Finding:
    page, observation = seen.page, seen.observation
    confidence = observation.confidence or page.confidence
    persona = observation.persona or page.persona
    return Finding(
        code=page.code,
        name=page.name,
        level=settings.level(page.name, observation.level or page.level),
        confidence=confidence if seen.precondition_holds else _lower(confidence),
        persona=persona if seen.precondition_holds else Persona.AUDITOR,
        observation=observation,
        workflow=seen.workflow.id if seen.workflow else None,
        fingerprint="",
    )


def _lower(confidence: Confidence) -> Confidence:
    return Confidence.MEDIUM if confidence is Confidence.HIGH else Confidence.LOW


def _order(finding: Finding) -> tuple[str, int, int, str, str, str]:
    span = finding.span
    return span.path, span.line, span.column, finding.code, finding.message, finding.workflow or ""


def _is_reported(finding: Finding, settings: Settings) -> bool:
    return finding.persona.rank <= settings.persona.rank and not settings.silent_in(finding.name, finding.span.path)


def worst(findings: Iterable[Finding]) -> Level | None:
    """The highest level among the findings, None where there are none."""
    return max((finding.level for finding in findings), key=lambda level: level.rank, default=None)

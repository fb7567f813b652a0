"""WF201: steps that do the same work, in different workflows or in one, and workflows in several versions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wflint.analyses.facts import ProgramFacts
from wflint.analyses.labels.effort import effort_of
from wflint.analyses.repetition.comparing import Placed, is_written_in
from wflint.analyses.repetition.duplicates import duplicates
from wflint.analyses.repetition.likeness import Likeness
from wflint.analyses.repetition.repeats import across_steps
from wflint.analyses.repetition.twins import Duplicate, Twin
from wflint.analyses.repetition.versions import Versions, version_clusters
from wflint.analyses.repetition.within import Situation
from wflint.analyses.wording import listed
from wflint.matching.scorer import SURE
from wflint.matching.words import split_name
from wflint.model.finding import Level, Observation, Persona, Related
from wflint.model.patterns import pattern
from wflint.model.program import Program
from wflint.model.test_paths import is_test_path
from wflint.model.workflow import END, START, Workflow

SHOWN = 2
"""So many reasons, and so many other steps, stand in the message."""
EXAMPLES = pattern(
    r"(^|[/_.-])(examples?|tutorials?|docs?|samples?|cookbooks?|notebooks?|ipynb|demos?)([/_.-]|$)", re.IGNORECASE
)
"""Paths of code that repeats itself on purpose."""
SERIES = pattern(
    r"""(^|/)\d+[\W_]|(^|[/_.-])(steps?|lessons?|chapters?|modules?|parts?|days?|weeks?|units?|exercises?|labs?|v|versions?
    |class(?:es)?|lectures?|sessions?)[\W_]?\d+|(^|[/_.\s-])(archived?|backups?|bak|old|legacy|deprecated|copy|untitled|original)([/_.\s-]|$)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Paths of one of a series, or of what somebody has put aside."""
NUMBERS = pattern(r"\d+")
"""What tells the names of a series apart."""


def check(program: Program, facts: ProgramFacts) -> Iterator[Observation]:
    """Every workflow in several versions, and every group of near duplicates, told at its first."""
    versions = version_clusters(program.workflows)
    for each in versions.found:
        yield _in_versions(each)
    found = duplicates(
        program, versions, facts.matching, lambda flow: Situation(facts.of(flow).reachability, facts.of(flow).impact)
    )
    for duplicate in found:
        if not _is_told_call_by_call(duplicate, facts):
            yield _observation(duplicate, program, facts)


def _is_told_call_by_call(duplicate: Duplicate, facts: ProgramFacts) -> bool:
    """Whether the steps make the same calls on the same fields, which the rule about calls says."""
    if not duplicate.is_within:
        return False
    setting = facts.of(duplicate.first.workflow).setting
    known = {frozenset((repeats.first.id, repeats.step.id)) for repeats in across_steps(setting)}
    return all(frozenset((duplicate.first.step.id, twin.placed.step.id)) in known for twin in duplicate.twins)


def _in_versions(versions: Versions) -> Observation:
    first, *others = versions.workflows
    shared = f"share {_steps(versions.shared)}" if versions.shared else "share most steps, each with the next one"
    places = _first_few([_workflow_named(flow) for flow in versions.workflows])
    return Observation(
        message=f"{len(versions.workflows)} versions of one workflow: {places} {shared}; "
        "keep one, or build them from the same steps",
        span=first.span,
        key=("versions", first.id, *(other.id for other in others)),
        related=tuple(Related(other.span, f'version "{other.name}" is here') for other in others),
        level=Level.NOTE,
        persona=_persona([flow.span.path for flow in versions.workflows]),
    )


def _steps(names: tuple[str, ...]) -> str:
    return f"step{'s' if len(names) > 1 else ''} {listed(names)}"


def _workflow_named(workflow: Workflow) -> str:
    return f'"{workflow.name}" ({workflow.span.path})'


def _first_few(names: list[str]) -> str:
    """So many of the names as are shown, and how many more there are."""
    shown = (
        names if len(names) == SHOWN + 1 else [*names[:SHOWN], *([f"{len(names) - SHOWN} more"] * (len(names) > SHOWN))]
    )
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


def _observation(duplicate: Duplicate, program: Program, facts: ProgramFacts) -> Observation:
    first, twins = duplicate.first, duplicate.twins
    nearest = max(twins, key=lambda twin: twin.verdict.similarity)
    return Observation(
        message=f"{_named(first, duplicate)} {_verb(twins)} {_others(duplicate)} ({'; '.join(_evidence(nearest))}); "
        f"{_saving(duplicate)}{_users(duplicate, facts)}",
        span=first.step.definition or first.step.span,
        key=(first.workflow.id, first.step.id, *_key(duplicate)),
        related=tuple(
            Related(twin.placed.step.definition or twin.placed.step.span, f"{_named(twin.placed, duplicate)} is here")
            for twin in twins
        ),
        level=Level.WARNING if any(_is_sure(first, twin, program) for twin in twins) else Level.NOTE,
        persona=_persona_of(duplicate),
        step=first.step.id,
        edge=(first.step.id, twins[0].placed.step.id) if duplicate.is_within else None,
        reasons=nearest.verdict.match.reasons if nearest.verdict.match is not None else (),
    )


def _persona_of(duplicate: Duplicate) -> Persona:
    """Who wants to hear of it: everybody, where it is likely."""
    likely = [
        twin for twin in duplicate.twins if _is_likely(duplicate.first, twin) or _is_side_by_side(duplicate, twin)
    ]
    paths = [placed.workflow.span.path for placed in (duplicate.first, *(twin.placed for twin in duplicate.twins))]
    return max((_persona(paths), Persona.REGULAR if likely else Persona.PEDANTIC), key=lambda persona: persona.rank)


def _is_likely(first: Placed, twin: Twin) -> bool:
    """Whether both are told the same, in two places of the source as far as it can be told."""
    if twin.verdict.likeness is Likeness.COPY and twin.may_share:
        return is_written_in(first.step) and is_written_in(twin.placed.step)
    return twin.verdict.likeness is not Likeness.ALIKE


def _is_side_by_side(duplicate: Duplicate, twin: Twin) -> bool:
    """Whether both begin at one point of one run, with the same tools: then texts that are alike are worth a look.

    Steps that share a part of their names are a family: what tells them apart is the rest of it.
    """
    family = set(split_name(duplicate.first.step.id)) & set(split_name(twin.placed.step.id))
    return duplicate.is_within and twin.agrees and twin.is_near and not family


def _persona(paths: list[str]) -> Persona:
    """In examples, people who read everything want to hear of it; in tests, auditors do."""
    product = [path for path in paths if not is_test_path(path)]
    if len(product) < len(("one", "another")):
        return Persona.AUDITOR
    return Persona.REGULAR if any(not EXAMPLES.search(path) for path in product) else Persona.PEDANTIC


def _key(duplicate: Duplicate) -> tuple[str, ...]:
    if duplicate.is_within:
        return tuple(twin.placed.step.id for twin in duplicate.twins)
    return tuple(twin.placed.workflow.id for twin in duplicate.twins)


def _verb(twins: tuple[Twin, ...]) -> str:
    if all(twin.verdict.likeness is Likeness.COPY for twin in twins):
        return "is told the same as"
    if any(twin.verdict.likeness is not Likeness.ALIKE for twin in twins):
        return "probably does the same work as"
    return "may do the same work as"


def _others(duplicate: Duplicate) -> str:
    return _first_few([_named(twin.placed, duplicate) for twin in duplicate.twins])


def _evidence(twin: Twin) -> list[str]:
    """How near it is, and what speaks most for it."""
    if twin.verdict.match is None:
        return ["word for word"]
    reasons = [reason.text for reason in twin.verdict.match.reasons if reason.weight >= 0]
    return [f"{twin.verdict.similarity:.2f}", *reasons[:SHOWN]]


def _named(placed: Placed, duplicate: Duplicate) -> str:
    """The step with its workflow, and with its file where the names do not tell which one is meant."""
    if duplicate.is_within:
        return f'step "{placed.step.id}"'
    names = [each.workflow.name for each in (duplicate.first, *(twin.placed for twin in duplicate.twins))]
    where = f" ({placed.workflow.span.path})" if names.count(placed.workflow.name) > 1 else ""
    owner = f' of "{placed.workflow.name}"' if placed.workflow.name != placed.step.id else ""
    return f'step "{placed.step.id}"{owner}{where}'


def _saving(duplicate: Duplicate) -> str:
    """What one step for all of them would save: calls where one run needs several of them, else a definition."""
    calls = [twin for twin in duplicate.twins if twin.is_near]
    if not calls:
        return "define it once and share it"
    tokens = sum(effort_of(twin.placed.step, twin.placed.workflow) for twin in calls)
    when = "" if duplicate.is_within else "where one run needs both, "
    count = f"{len(calls)} model call{'s' if len(calls) > 1 else ''}"
    return f"{when}sharing it saves {count} (about {tokens} effective tokens)"


def _users(duplicate: Duplicate, facts: ProgramFacts) -> str:
    """Who feeds all of them, who would take the shared output, and how much of the workflow hangs on it."""
    twins = duplicate.twins
    impacts = [(facts.of(twin.placed.workflow).impact, twin.placed.step.id) for twin in twins]
    fed = _feeders(duplicate)
    feeding = f", {listed(fed)} feed{'s' if len(fed) == 1 else ''} both" if fed else ""
    users = dict.fromkeys(name for impact, step in impacts for name in impact.consumers(step))
    users = users or dict.fromkeys(name for twin in twins for name in _next(twin.placed))
    if not users:
        return feeding
    impact, step = max(impacts, key=lambda pair: pair[0].share(pair[1]))
    count = impact.count(step)
    share = f" ({count} of {impact.total} steps depend{'s' if count == 1 else ''} on it)" if count else ""
    return f"{feeding}, and {listed(users)} could reuse its output{share}"


def _feeders(duplicate: Duplicate) -> list[str]:
    """The steps of one workflow that lead to all of them."""
    if not duplicate.is_within:
        return []
    index = duplicate.first.workflow.index
    steps = [duplicate.first.step.id, *(twin.placed.step.id for twin in duplicate.twins)]
    sources = [dict.fromkeys(edge.source for edge in index.edges_into(step)) for step in steps]
    return [name for name in sources[0] if name != START and all(name in others for others in sources)]


def _next(placed: Placed) -> list[str]:
    """The steps that come right after one."""
    return [edge.target for edge in placed.workflow.index.edges_from(placed.step.id) if edge.target != END]


def _are_in_series(one: str, other: str) -> bool:
    """Whether the paths part at two numbers, or at names with other numbers in them: a lesson and the next one."""
    parts = next(
        ((mine, theirs) for mine, theirs in zip(one.split("/"), other.split("/"), strict=False) if mine != theirs), ()
    )
    if len({NUMBERS.sub("", part) for part in parts}) == 1:
        return True
    numbers = [found[0] if (found := NUMBERS.match(part)) is not None else None for part in parts]
    return None not in numbers and len(set(numbers)) > 1


def _is_sure(first: Placed, twin: Twin, program: Program) -> bool:
    """Whether somebody who keeps both would change one of them.

    A text that is the same may be one and the same; reworded, the steps have to be very near, and one run has to need
    both. What two projects hold, each with requirements of its own, is installed apart.
    """
    paths = (first.workflow.span.path, twin.placed.workflow.span.path)
    aside = any(is_test_path(name) or EXAMPLES.search(name) or SERIES.search(name) for name in paths)
    if not twin.agrees or aside or _are_in_series(*paths) or len(set(map(program.project_of, paths))) > 1:
        return False
    if twin.verdict.likeness is Likeness.COPY:
        return not twin.may_share
    if first.workflow.id != twin.placed.workflow.id and (_is_fed(first) or _is_fed(twin.placed)):
        return False
    return twin.verdict.likeness is Likeness.REWORDED and twin.is_near and twin.verdict.similarity >= SURE


def _is_fed(placed: Placed) -> bool:
    """Whether other steps of its workflow make what the step works on: one elsewhere works on something else."""
    pending, seen = [placed.step.id], {placed.step.id, START}
    while pending:
        sources = {edge.source for edge in placed.workflow.index.edges_into(pending.pop())} - seen
        steps = [placed.workflow.step(source) for source in sources]
        if any(step is None or not step.fills_prompt for step in steps):
            return True
        seen |= sources
        pending.extend(sources)
    return False

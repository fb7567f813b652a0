"""WF509: a branch that is cancelled when another one is done first."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.flow.races import Race
from wflint.analyses.wording import listed
from wflint.model.finding import Level, Observation, Related
from wflint.model.loss import Loss, LossKind
from wflint.model.patterns import pattern
from wflint.model.workflow import Step, Workflow

MEANT = pattern(
    r"(?i)\b(?:rac(?:e|es|ing)|hedg\w*|fastest|quickest|earliest|first|winner|time_?out|whichever|quorum|majority"
    r"|enough|at least)\b"
)
"""Words by which people call a race one."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every one at a step that is reached, unless the race is meant."""
    for loss in workflow.losses:
        if loss.kind is LossKind.BRANCH and loss.is_at(facts.reachability.reached) and not _is_race(workflow, loss):
            yield loss.observation
    if any(not fault.in_some for fault in workflow.faults):
        return  # it is refused: there is no run in which anybody is first
    for race in facts.races:
        if race.edge.source in facts.reachability.reached and not _is_meant(workflow, race):
            yield _observation(workflow, race)


def _is_race(workflow: Workflow, loss: Loss) -> bool:
    """Whether the name of the step that goes on early, or what is said of it, calls that a race."""
    step = workflow.step(loss.step) if loss.step is not None else None
    return step is not None and MEANT.search(f"{step.id} {step.description}".replace("_", " ")) is not None


def _is_meant(workflow: Workflow, race: Race) -> bool:
    steps = (workflow.step(name) for name in (race.edge.source, race.taker or "", *race.losers))
    texts = [workflow.name, *(f"{step.id} {step.description}" for step in steps if step is not None)]
    return any(MEANT.search(text.replace("_", " ")) for text in texts)


def _keeps(step: Step) -> bool:
    """Whether a step leaves something for the whole run, beside its result."""
    return any(value.is_set for value in step.kept_values) or bool(step.side_effects or step.mutations)


def _observation(workflow: Workflow, race: Race) -> Observation:
    first = race.edge.source
    losing = [step for name in race.losers if (step := workflow.step(name)) is not None]
    taker = workflow.step(race.taker) if race.taker is not None else None
    crowd = race.losers == (first,) and not race.starters
    if race.starters:
        message = (
            f'step "{first}" runs once for each of {listed(race.starters)}, and its first run ends them all: it need '
            "not have what all of them bring, and the others are cancelled or made in vain; join them before it"
        )
    elif crowd:
        message = (
            f'step "{first}" is run for each of many items, and the first run that is done ends them all: the '
            "others are cancelled, and their results lost; collect the results in a step of its own"
        )
    elif taker is not None:
        others = listed([first, *race.losers])
        message = f'step "{taker.id}" takes one value, but {others} all send one: the others are dropped; join them'
    else:
        message = (
            f'step "{first}" may end the run while {listed(race.losers)} still run{"s" if len(losing) == 1 else ""}: '
            "what is not done by then is cancelled, what is done stays; join the branches, or run one after the other"
        )
    subject = taker or workflow.step(first)
    return Observation(
        message=message,
        span=subject.span if subject is not None else race.edge.span,
        key=(first, race.taker or "", *race.losers),
        related=tuple(Related(step.span, f'"{step.id}" runs beside it') for step in losing if step.id != first),
        level=Level.NOTE if crowd and not _keeps(losing[0]) else None,
        step=subject.id if subject is not None else None,
        edge=(race.losers[0], race.taker) if race.taker is not None else None,
    )

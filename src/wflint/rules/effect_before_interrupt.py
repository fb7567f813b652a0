"""WF508: work that is done again because the step waits for an answer after it."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.model.conduct import Pause, Replay
from wflint.model.finding import Confidence, Level, Observation, Persona, Related
from wflint.model.workflow import Step, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """One observation a step, at the first call that its pauses make it repeat."""
    for step in workflow.steps:
        if step.id not in facts.reachability.reached:
            continue
        found = [(replay, pause) for pause in step.pauses for replay in pause.replays]
        sure = [(replay, pause) for replay, pause in found if replay.likely]
        for replay, pause in (sure or found)[:1]:
            others = [other for other, _ in found if other.span != replay.span]
            yield _observation(step, replay, pause, others)


def _observation(step: Step, replay: Replay, pause: Pause, others: list[Replay]) -> Observation:
    cost = "is paid for again and may answer otherwise" if replay.asks_model else "happens again"
    inner = (Related(replay.inner, "it is made here"),) if replay.inner is not None else ()
    more = tuple(Related(other.span, f"{other.callee} is called again, too") for other in _each(others))
    return Observation(
        message=f'step "{step.id}" calls {replay.callee} and then waits for an answer; with the answer the step starts '
        f"again from its top, so the call {cost}; move it to a step before, or after the wait",
        span=replay.span,
        key=(step.id, replay.callee),
        related=(Related(pause.span, "the step waits here"), *inner, *more),
        level=None if replay.likely else Level.NOTE,
        confidence=None if replay.likely else Confidence.LOW,
        persona=None if replay.likely else Persona.AUDITOR,
        step=step.id,
    )


def _each(replays: list[Replay]) -> list[Replay]:
    return list({replay.span: replay for replay in replays}.values())

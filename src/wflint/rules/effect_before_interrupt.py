"""WF508: work that is done again because the step waits for an answer after it."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.model.conduct import Pause, Replay
from wflint.model.finding import Confidence, Level, Observation, Persona, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """One observation a step, at the first call that its pauses make it repeat; so of the code around the steps."""
    for step in workflow.steps:
        if step.id in facts.reachability.reached:
            yield from _repeated(step.pauses, f'step "{step.id}"', step.id)
    yield from _repeated(workflow.pauses, f'"{workflow.name}"', None)


def _repeated(pauses: tuple[Pause, ...], who: str, step: str | None) -> Iterator[Observation]:
    found = [(replay, pause) for pause in pauses for replay in pause.replays]
    sure = [(replay, pause) for replay, pause in found if replay.likely]
    for replay, pause in (sure or found)[:1]:
        others = [other for other, _ in found if other.span != replay.span]
        yield _observation(who, step, replay, pause, others)


def _observation(who: str, step: str | None, replay: Replay, pause: Pause, others: list[Replay]) -> Observation:
    cost = "is paid for again and may answer otherwise" if replay.asks_model else "happens again"
    inner = (Related(replay.inner, "it is made here"),) if replay.inner is not None else ()
    more = tuple(Related(other.span, f"{other.callee} is called again, too") for other in _each(others))
    runs = "the step starts again from its top" if step is not None else "it runs again from its top"
    place = "a step before, or after the wait" if step is not None else "a task, whose result is kept"
    return Observation(
        message=f"{who} calls {replay.callee} and then waits for an answer; with the answer {runs}, so the call "
        f"{cost}; move it to {place}",
        span=replay.span,
        key=(step or who, replay.callee),
        related=(Related(pause.span, "the step waits here" if step is not None else "it waits here"), *inner, *more),
        level=None if replay.likely else Level.NOTE,
        confidence=None if replay.likely else Confidence.LOW,
        persona=None if replay.likely else Persona.AUDITOR,
        step=step,
    )


def _each(replays: list[Replay]) -> list[Replay]:
    return list({replay.span: replay for replay in replays}.values())

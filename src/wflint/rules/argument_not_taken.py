"""WF309: an argument that what is constructed does not take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wflint.analyses.facts import ProgramFacts
from wflint.analyses.wording import is_nearly, listed, nearest
from wflint.model.finding import Confidence, Level, Observation, Related
from wflint.model.program import Program
from wflint.model.span import Span
from wflint.model.stray_argument import StrayArgument


def check(program: Program, facts: ProgramFacts) -> Iterator[Observation]:
    """A misspelling each; the others of one call together: a later release may take them."""
    del facts
    others: dict[tuple[Span, str], list[StrayArgument]] = {}
    for stray in program.stray_arguments:
        meant = _meant(stray)
        if meant is not None:
            yield _misspelt(stray, meant)
        else:
            others.setdefault((stray.at, stray.releases), []).append(stray)
    for strays in others.values():
        yield _foreign(strays)


def _meant(stray: StrayArgument) -> str | None:
    near = nearest(stray.name, stray.taken) if not stray.releases else None
    return near if near is not None and is_nearly(stray.name, near) else None


def _with(stray: StrayArgument) -> str:
    return f"with {stray.releases}, " if stray.releases else ""


def _misspelt(stray: StrayArgument, meant: str) -> Observation:
    outcome = ", so the call fails" if stray.is_refused else " and silently ignores it"
    return Observation(
        message=f'{stray.constructed} takes no argument "{stray.name}"{outcome}; did you mean "{meant}"?',
        span=stray.span,
        key=(stray.constructed, stray.name),
        level=Level.ERROR if stray.is_refused else Level.WARNING,
        confidence=Confidence.HIGH,
    )


def _foreign(strays: Sequence[StrayArgument]) -> Observation:
    first = strays[0]
    names = [stray.name for stray in strays]
    noun, them = ("argument", "it") if len(names) == 1 else ("arguments", "them")
    outcome = ", so the call fails" if first.is_refused else f" and silently ignores {them}"
    advice = f"remove {them}, or move {them} to the call that takes {them}"
    advice = f"remove {them}, or run it with another release" if first.releases else advice
    return Observation(
        message=f"{_with(first)}{first.constructed} takes no {noun} {listed(names)}{outcome}; {advice}",
        span=first.span,
        key=(first.constructed, *names),
        related=tuple(Related(stray.span, f'"{stray.name}"') for stray in strays[1:]),
        level=Level.WARNING,
        confidence=Confidence.MEDIUM,
    )

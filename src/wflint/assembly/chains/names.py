"""What people call the questions of a chain.

By this order: the function that makes the call, as seen from the code around the chain; the variable of the pipeline
that is run; the variable that takes the answer; the variable of the prompt. A name counts that no other question of the
chain has as good a claim to; words that say nothing (`response`, `prompt`) come last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from wflint.assembly.chains.call_sites import CallSites
from wflint.assembly.chains.runs import Run
from wflint.assembly.draft import numbered
from wflint.evaluate.events import Frame
from wflint.evaluate.library import PIPE
from wflint.evaluate.values import Location, Object
from wflint.model.patterns import pattern

Way = tuple[Location, ...]
"""The calls that lead from the code around a chain to a question, the question's own included."""

PLAIN = pattern(
    r"_*(?:(?:final|raw|full|my|the|new|user|system|llm|ai|model)_)?"
    r"(?:res|resp|responses?|results?|replys?|answers?|outputs?|out|completions?|prompts?|templates?|messages?|msgs?|"
    r"chains?|llm|model|client|text|contents?|data|ret|r|x|raw|query|questions?|inputs?|chunks?|tokens?|events?|"
    r"a?invoke|run|call|generate|ask|chat|complete|predict|main|get_response|get_completion|ask_llm|call_llm|process|"
    r"execute|format|str|user|self|args|kwargs|value|item|i|s)_*\d*_*",
    re.IGNORECASE,
)
"""Names that would fit any question."""


def way_of(run: Run, frame: Frame) -> Way:
    """How a run is come by from the code of a frame around it."""
    below = run.api_call.stack[run.api_call.stack.index(frame) + 1 :]
    callers = (inner.caller for inner in below if not inner.module.stub)
    return (*(location for location in callers if location is not None), run.api_call.location)


def names_of(ways: Mapping[Way, tuple[Run, Frame]], sites: CallSites, taken: set[str]) -> dict[Way, str]:
    """A name for each way; names that are `taken` are somebody else's."""
    claims = {way: _claims(way, *found, sites) for way, found in ways.items()}
    given: dict[Way, str] = {}
    for way, names in claims.items():
        others = [claim for other, claim in claims.items() if other is not way]
        own = [name for name in names if name not in taken and not any(_is_before(c, names, name) for c in others)]
        telling = [name for name in own if not PLAIN.fullmatch(name)]
        shared = next((name for name in names if not PLAIN.fullmatch(name)), next(iter(names), "question"))
        given[way] = next(iter((*telling, *own)), None) or numbered(shared, {*taken, *given.values()})
    return given


def _is_before(others: Mapping[str, int], names: Mapping[str, int], name: str) -> bool:
    """Whether somebody else has at least as good a claim to a name."""
    return name in others and others[name] <= names[name]


def _claims(way: Way, run: Run, frame: Frame, sites: CallSites) -> dict[str, int]:
    """Every name that a question may go by, best first, with how good a name it is: the less the better."""
    below = run.api_call.stack[run.api_call.stack.index(frame) + 1 :]
    called = [sites.at(location) for location in way]
    groups: tuple[Iterable[str | None], ...] = (
        (inner.function.name for inner in below if inner.function is not None and not inner.module.stub),
        _pipeline(run),
        (site.taker for site in called),
        (site.given for site in called),
        (frame.function.name if frame.function is not None else None,),
    )
    found: dict[str, int] = {}
    for rank, group in enumerate(groups):
        for name in group:
            if name is not None and name.isidentifier() and name.strip("_"):
                found.setdefault(name, rank)
    return found


def _pipeline(run: Run) -> Iterator[str | None]:
    """The variable of the pipeline that is run, or of the prompt that it begins with."""
    piece = run.subject.receiver
    while isinstance(piece, Object) and piece.path == PIPE:
        yield piece.name
        piece = next(iter(piece.arguments.positional), None)
        if isinstance(piece, Object) and piece.path != PIPE:
            yield piece.name

"""Prose as contracts: what the texts of a step promise and what they ask for.

Only what is plainly put counts: an order to make something, the declared form of a result, and references to
something that is taken to be there (`based on the outline`). Everything else stays unsplit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from wflint.model.prose import Prose, TextRole
from wflint.model.span import Span
from wflint.model.workflow import Step


class StatementKind(StrEnum):
    """Which way something goes."""

    PROMISE = "promise"
    """The step makes it."""
    ASK = "ask"
    """The step is meant to have it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that a step's texts promise or ask for: `phrase` as the `sentence` puts it."""

    kind: StatementKind
    phrase: str
    sentence: str
    span: Span


_CLAUSE = (
    r"(?:^|[,;:\u2013\u2014]\s+|\b(?:and|then|please|also|first|next|finally|must|should|to)\s+)"
    r"(?:carefully\s+|also\s+)?"
)
_MAKES = re.compile(
    _CLAUSE + r"(?:return|output|produce|write|generate|create|provide|list|draft|compile|prepare|deliver|compose|"
    r"respond\s+with|reply\s+with|answer\s+with|submit|develop|outline)\s+(?P<phrase>\S.*)",
    re.IGNORECASE,
)
_TAKES = re.compile(
    _CLAUSE + r"(?:use|follow|cite|review|incorporate|read|consult|apply|combine|merge|integrate|synthesi[sz]e|"
    r"summari[sz]e|analy[sz]e|compare|check|edit|improve|revise|polish|proofread|translate|refine|evaluate|take|"
    r"refer\s+to|build\s+on|consider)\s+(?P<phrase>\S.*)",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"\b(?:based\s+(?:up)?on|given|using|according\s+to|following|drawing\s+(?:up)?on|building\s+on|considering|"
    r"you\s+will\s+(?:receive|get|be\s+given)|you\s+(?:receive|are\s+given)|from|as\s+described\s+in|in\s+line\s+with|"
    r"found\s+in|provided\s+(?:by|in))\s+(?P<phrase>(?:the|all|these|those|this|both|any|every)\s.*)",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:not|never|no|without|don't|cannot|instead\s+of|avoid|unless|if)\b", re.IGNORECASE)
_FOR_OTHERS = re.compile(
    r"\b(?:so\s+that|which\s+will|that\s+will|will\s+be\s+used|can\s+be\s+used|for\s+the\s+next)\b"
)
_DEFINITE = re.compile(r"(?:the|all|these|those|this|both|every)\s", re.IGNORECASE)
_ENDS = re.compile(
    r"[,;:.!?()\n\u2013\u2014]|\s-\s|\s(?:to|that|which|who|when|while|with|for|in\s+order|so)\s", re.IGNORECASE
)


def statements_of(step: Step) -> tuple[Statement, ...]:
    """What a step's texts promise and ask for, in order."""
    texts = step.told.texts if step.told is not None else ()
    found = (statement for text in texts for statement in _statements(text))
    return tuple(dict.fromkeys(found))


def _statements(text: Prose) -> Iterator[Statement]:
    match text.role:
        case TextRole.RESULT:
            yield from (Statement(StatementKind.PROMISE, line, line, text.span) for line in text.sentences)
            yield from _found((_LEANS,), StatementKind.ASK, text)
        case TextRole.INSTRUCTION:
            yield from _found((_MAKES,), StatementKind.PROMISE, text)
            yield from _found((_TAKES, _LEANS), StatementKind.ASK, text)
        case _:
            return


def _found(ways: Iterable[re.Pattern[str]], kind: StatementKind, text: Prose) -> Iterator[Statement]:
    for sentence in text.sentences:
        if kind is StatementKind.ASK and (_DENIES.search(sentence) or _FOR_OTHERS.search(sentence)):
            continue
        for way in ways:
            for phrase in _phrases(way, sentence):
                if kind is StatementKind.PROMISE or _DEFINITE.match(phrase):
                    yield Statement(kind, phrase, sentence, text.span)


def _phrases(way: re.Pattern[str], sentence: str) -> Iterator[str]:
    """What follows each place where the pattern begins, up to the end of its clause."""
    at = 0
    while (found := way.search(sentence, at)) is not None:
        phrase = _ENDS.split(found["phrase"], maxsplit=1)[0].strip(" *_`\"'")
        if phrase:
            yield phrase
        at = found.start("phrase")

"""Prose as contracts: what the texts of a step promise and what they ask for.

Only what is plainly put counts: an order to make something, the declared form of a result, references to something
that is taken to be there (`based on the outline`), and the sections of a docstring. Everything else stays unsplit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from wflint.analyses.prose.named_fields import Named, code_words, objects_in
from wflint.model.docstrings import Described, read_docstring
from wflint.model.patterns import pattern
from wflint.model.prompt import PromptText, TextRole, sentences
from wflint.model.span import Span
from wflint.model.workflow import Step


class StatementKind(StrEnum):
    """Which way something goes."""

    PROMISE = "promise"
    """The step makes it."""
    ASK = "ask"
    """The step is meant to have it."""


class Statement(Struct, frozen=True):
    """Something that a step's texts promise or ask for: `phrase` as the `sentence` puts it.

    `names` are the fields that it names. Nothing sees to it that they are there: a model may well leave one out.
    """

    kind: StatementKind
    phrase: str
    sentence: str
    span: Span
    names: tuple[str, ...] = ()


_CLAUSE = (
    r"(?:^|[,;:\u2013\u2014]\s+|\b(?:and|then|please|also|first|next|finally|must|should|to)\s+)"
    r"(?:carefully\s+|also\s+)?"
)
_MAKES = pattern(
    _CLAUSE + r"(?:return|output|produce|write|generate|create|provide|list|draft|compile|prepare|deliver|compose|"
    r"respond\s+with|reply\s+with|answer\s+with|submit|develop|outline)\s+(?P<phrase>\S.*)",
    re.IGNORECASE,
)
_TAKES = pattern(
    _CLAUSE + r"(?:use|follow|cite|review|incorporate|read|consult|apply|combine|merge|integrate|synthesi[sz]e|"
    r"weigh|reconcile|contrast|"
    r"summari[sz]e|analy[sz]e|compare|check|edit|improve|revise|polish|proofread|translate|refine|evaluate|take|"
    r"refer\s+to|build\s+on|consider)\s+(?P<phrase>\S.*)",
    re.IGNORECASE,
)
_LEANS = pattern(
    r"\b(?:based\s+(?:up)?on|given|using|according\s+to|following|drawing\s+(?:up)?on|building\s+on|considering|"
    r"you\s+will\s+(?:receive|get|be\s+given)|you\s+(?:receive|are\s+given)|from|as\s+described\s+in|in\s+line\s+with|"
    r"found\s+in|provided\s+(?:by|in))\s+(?P<phrase>(?:the|all|these|those|this|both|any|every)\s.*)",
    re.IGNORECASE,
)
_DENIES = pattern(r"\b(?:not|never|no|without|don't|cannot|instead\s+of|avoid|unless|if)\b", re.IGNORECASE)
_FOR_OTHERS = pattern(r"\b(?:so\s+that|which\s+will|that\s+will|will\s+be\s+used|can\s+be\s+used|for\s+the\s+next)\b")
_DEFINITE = pattern(r"(?:the|all|these|those|this|both|every)\s", re.IGNORECASE)
_ENDS = pattern(
    r"[,;:.!?()\n\u2013\u2014]|\s-\s|\s(?:to|that|which|who|when|while|with|for|in\s+order|so)\s", re.IGNORECASE
)


def statements_of(step: Step) -> tuple[Statement, ...]:
    """What a step's texts promise and ask for, in order."""
    return tuple(dict.fromkeys((*_told(step), *_documented(step))))


def fields_told(step: Step, kind: StatementKind) -> dict[str, Statement]:
    """The fields that a step's model is told of by name, each with the first statement that names it."""
    found: dict[str, Statement] = {}
    for statement in _told(step):
        for name in statement.names if statement.kind is kind else ():
            found.setdefault(name, statement)
    return found


def _told(step: Step) -> Iterator[Statement]:
    for text in step.prompt.texts if step.prompt is not None else ():
        yield from _statements(text)


@lru_cache(maxsize=4096)
def _statements(text: PromptText) -> tuple[Statement, ...]:
    match text.role:
        case TextRole.RESULT:
            made = (Statement(StatementKind.PROMISE, line, line, text.span) for line in text.sentences)
            found = [*made, *_found((_LEANS,), StatementKind.ASK, text)]
        case TextRole.INSTRUCTION | TextRole.STANDARD:
            found = [*_found((_MAKES,), StatementKind.PROMISE, text)]
            found += _found((_TAKES, _LEANS), StatementKind.ASK, text)
        case _:
            return ()
    for named in objects_in(text.text):
        _name(found, named, text)
    return tuple(found)


# --------------------------------------------------------------------------------------------------- named fields

_OUT = pattern(
    r"\b(?:return|output|respon[ds]e?|reply|answer|produce|write|generate|create|provide|give|format(?:ted)?|result|"
    r"deliver|schema|structure|fill|into|must\s+be|should\s+be|consists?)\b",
    re.IGNORECASE,
)
_IN = pattern(
    r"\b(?:given|receive[sd]?|input|provided|you\s+have|from\s+the|previous|using|use|based\s+on|tools?|call|argument|"
    r"parameter|api|function|request)\b",
    re.IGNORECASE,
)
_TAKEN = pattern(r"\b(?:given|receive[sd]?|input|previous|using|based\s+on)\b", re.IGNORECASE)
_NOT = pattern(r"\b(?:not|never|don't|avoid|instead\s+of|without)\b", re.IGNORECASE)
_LOOKED_BACK = 3
"""So many sentences before an object may say whose it is."""


def _name(found: list[Statement], named: Named, text: PromptText) -> None:
    """Add the fields of an object to the statement that speaks of it, or as a statement of their own."""
    leads = sentences(text.text[: named.at])[-_LOOKED_BACK:]
    kind = _kind(leads, text.role)
    known = {name for statement in found for name in statement.names}
    if kind is None or known.issuperset(named.names):
        return
    for place, statement in enumerate(found):
        if statement.kind is kind and not statement.names and any(_begins(statement, lead) for lead in leads):
            found[place] = replace(statement, names=named.names)
            return
    around = next((one for one in text.sentences if leads and one.startswith(leads[-1])), ", ".join(named.names))
    found.append(Statement(kind, ", ".join(named.names), around, text.span, named.names))


def _begins(statement: Statement, lead: str) -> bool:
    return statement.sentence.startswith(lead) or lead.startswith(statement.sentence)


def _kind(leads: tuple[str, ...], role: TextRole) -> StatementKind | None:
    """Whether the object that follows is promised or asked for, as the nearest words that tell have it."""
    for lead in reversed(leads):
        out, taken = _last(_OUT, lead), _last(_IN, lead)
        if out < 0 and taken < 0:
            continue
        if _NOT.search(lead):
            return None
        if out > taken:
            return StatementKind.PROMISE
        return StatementKind.ASK if _TAKEN.search(lead) else None
    return StatementKind.PROMISE if role is TextRole.RESULT else None


def _last(words: re.Pattern[str], text: str) -> int:
    return max((found.end() for found in words.finditer(text)), default=-1)


# ----------------------------------------------------------------------------------------------------- docstrings


def _documented(step: Step) -> Iterator[Statement]:
    """What the docstring of a step's code says of parameters that are needs, or in which it names fields."""
    documented, span = read_docstring(step.description), step.definition or step.span
    needed = {need.name for need in step.needs}
    for parameter in documented.parameters:
        names = (parameter.name,) if parameter.name in needed else _fields_in(parameter)
        if names:
            line = f"{parameter.name}: {parameter.text}"
            yield Statement(StatementKind.ASK, parameter.text or parameter.name, line, span, names)
    returned = documented.returns
    if returned is not None:
        phrase = next(iter(sentences(returned.text)), returned.text)
        yield Statement(StatementKind.PROMISE, phrase, returned.text, span, _fields_in(returned))


def _fields_in(described: Described) -> tuple[str, ...]:
    objects = tuple(dict.fromkeys(name for named in objects_in(described.text) for name in named.names))
    return described.parts or objects or code_words(described.text)


# -------------------------------------------------------------------------------------------------------- phrases


def _found(ways: Iterable[re.Pattern[str]], kind: StatementKind, text: PromptText) -> Iterator[Statement]:
    for sentence in text.sentences:
        if kind is StatementKind.ASK and (_DENIES.search(sentence) or _FOR_OTHERS.search(sentence)):
            continue
        for way in ways:
            for phrase in _phrases(way, sentence):
                if kind is StatementKind.PROMISE or _DEFINITE.match(phrase):
                    asked = _asked(phrase) if kind is StatementKind.ASK else ()
                    yield Statement(kind, phrase, sentence, text.span, asked)


def _phrases(way: re.Pattern[str], sentence: str) -> Iterator[str]:
    """What follows each place where the pattern begins, up to the end of its clause; a mere gap is no phrase."""
    at = 0
    while (found := way.search(sentence, at)) is not None:
        phrase = _ENDS.split(found["phrase"], maxsplit=1)[0].strip(" *_`\"'")
        if any(map(str.isalpha, phrase)):
            yield phrase
        at = found.start("phrase")


_AND = pattern(r"\s+(?:and|or)\s+", re.IGNORECASE)
_ARTICLE = pattern(r"^(?:the|all|these|those|both|every)\s+", re.IGNORECASE)
_OF = pattern(r"\s+(?:from|of|by|in)\s+.*")


def _asked(phrase: str) -> tuple[str, ...]:
    """The fields that a phrase asks for: those written as code, and single words in a row with such."""
    row = [_ARTICLE.sub("", _OF.sub("", part)).strip() for part in _AND.split(phrase)]
    written = code_words(phrase)
    plain = (part for part in row if part.isidentifier()) if any(code_words(part) for part in row) else ()
    return tuple(dict.fromkeys((*plain, *written)))

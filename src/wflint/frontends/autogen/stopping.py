"""What ends the conversation of a team."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wflint.assembly.sequences import elements, is_known, may_be_set
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Const, Location, Object, Value, alternatives, last_of, text_of
from wflint.frontends.autogen.heard import words_heard
from wflint.frontends.autogen.table import CHAT, MAGENTIC

MAGENTIC_TURNS = 20
"""The turns that a Magentic-One team takes where its constructor does not say."""


COUNTING = ("MaxMessageTermination", "TextMentionTermination", "TimeoutTermination", "TokenUsageTermination")
"""Conditions that look at how much, how long or what was said, and not at whom a message hands over to."""


class Stopping(Struct, frozen=True):
    """What ends a team.

    `stops` is false where nothing does; `known` is true where every condition is known. `limit` is how many turns it
    takes at most; `people` are those to whom a hand-off ends it; `by_handoff` is true where nothing but
    a hand-off does, `by_word` where nothing but a text that somebody says does. `past_handoffs` is true where no
    hand-off does, whoever it is to, `by_turns` where nothing but the number of turns does.
    """

    stops: bool
    known: bool
    limit: int | None = None
    people: frozenset[str] = frozenset()
    by_handoff: bool = False
    by_word: bool = False
    past_handoffs: bool = False
    by_turns: bool = False


def stopping_of(team: Object, runs: list[ApiCall]) -> Stopping:
    """What ends a team, by its constructor and the calls that run it."""
    arguments = team.arguments
    condition, turns = arguments.get("termination_condition"), arguments.get("max_turns")
    if team.path == MAGENTIC and turns is None:
        turns = Const(MAGENTIC_TURNS)
    cancelled = any(may_be_set(run.arguments.get("cancellation_token")) for run in runs)
    parts = list(_parts(condition)) if condition is not None else []
    alone = not (may_be_set(turns) or arguments.open or cancelled)
    return Stopping(
        stops=may_be_set(condition) or may_be_set(turns) or arguments.open or cancelled,
        known=all(isinstance(part, Object) and _is_own(part) for part in parts) and not arguments.open,
        limit=min((limit for item in [*parts, turns] if (limit := _turns(item, runs)) is not None), default=None),
        people=frozenset(name for part in parts if (name := _person(part)) is not None),
        by_handoff=alone
        and all(isinstance(part, Object) and (part.path or "").endswith(".HandoffTermination") for part in parts),
        by_word=alone and bool(parts) and all(map(_mentions, parts)),
        by_turns=not (arguments.open or cancelled)
        and all(isinstance(part, Object) and (_counts(part) or part == NONE) for part in parts),
        past_handoffs=alone and all(isinstance(part, Object) and last_of(part.path) in COUNTING for part in parts),
    )


def _parts(condition: Value) -> Iterator[Value]:
    """The conditions that a combined one consists of."""
    for option in alternatives(condition):
        if isinstance(option, Object) and option.path in COMBINED:
            for part in option.arguments.positional:
                yield from _parts(part)
        elif option != NONE:
            yield option


def conditions_in(condition: Value | None) -> Iterator[Object]:
    """The conditions that are made in a combined one, as far as they are known."""
    yield from (part for part in (_parts(condition) if condition is not None else ()) if isinstance(part, Object))


COMBINED = frozenset({"operator.pipe", f"{CHAT}.base.OrTerminationCondition"})


def _is_own(part: Object) -> bool:
    """Whether a condition is one of the framework's."""
    return (part.path or "").startswith(f"{CHAT}.") and part.cls is None


def _turns(part: Value | None, runs: list[ApiCall]) -> int | None:
    """How many turns a condition, or a number of turns, lets a team take; a limit of messages counts the task, too."""
    if not isinstance(part, Object):
        return _number(part)
    messages = _number(part.arguments.get("max_messages", 0)) if _counts(part) else None
    told = bool(runs) and all(run.get("task") not in (None, NONE) for run in runs)
    return max(messages - 1, 0) if messages is not None and told else messages


def _counts(part: Object) -> bool:
    return (part.path or "").endswith(".MaxMessageTermination")


def _number(value: Value | None) -> int | None:
    known = isinstance(value, Const) and not isinstance(value.value, bool)
    return value.value if isinstance(value, Const) and known and isinstance(value.value, int) else None


class StopWord(Struct, frozen=True):
    """A text that ends the conversation when somebody says it; `sources` are the only ones that are listened to."""

    text: str
    location: Location
    sources: tuple[str, ...] | None = None


def stop_words(interp: Interpreter, condition: Value | None) -> tuple[StopWord, ...]:
    """The texts any of which ends the conversation; none where one of them is not known."""
    given = [part for part in _parts(condition) if isinstance(part, Object)] if condition is not None else []
    parts = [part for part in given if _mentions(part)]
    found = [word for part in parts if (word := _stop_word(part)) is not None]
    told = [word for part in given for word in _tested(interp, part)]
    return (*found, *told) if len(found) == len(parts) else ()


def _tested(interp: Interpreter, part: Object) -> Iterator[StopWord]:
    """The words that a function which ends the conversation looks for."""
    if last_of(part.path) == "FunctionalTermination":
        heard = words_heard(interp, part.arguments.get("func", 0), part.site)
        for word in heard.words if heard is not None else ():
            yield StopWord(word, part.site, heard.speakers or None if heard is not None else None)


def _mentions(part: Value) -> bool:
    return isinstance(part, Object) and (part.path or "").endswith(".TextMentionTermination")


def _stop_word(part: Object) -> StopWord | None:
    text, sources = text_of(part.arguments.get("text", 0)), part.arguments.get("sources", 1)
    if text is None:
        return None
    if sources is None or sources == NONE:
        return StopWord(text, part.site)
    names = [text_of(entry.value) for entry in elements(sources)]
    known = tuple(name for name in names if name is not None)
    return StopWord(text, part.site, known) if is_known(sources) and len(known) == len(names) else None


def _person(part: Value) -> str | None:
    if isinstance(part, Object) and (part.path or "").endswith(".HandoffTermination"):
        return text_of(part.arguments.get("target", 0))
    return None

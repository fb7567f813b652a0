"""What ends the conversation of a team."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.sequences import elements, is_known, may_be_set
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Const, Location, Object, Union, Value, last_of, text_of
from wflint.frontends.autogen.heard import words_heard
from wflint.frontends.autogen.table import CHAT, MAGENTIC
from wflint.model.loss import Loss, LossKind

MAGENTIC_TURNS = 20
"""The turns that a Magentic-One team takes where its constructor does not say."""


MEASURING = ("MaxMessageTermination", "TimeoutTermination", "TokenUsageTermination")
"""Conditions that look at how much or how long was said, and not at what."""
COUNTING = (*MEASURING, "TextMentionTermination")
"""Conditions that look at how much, how long or what was said, and not at whom a message hands over to."""


class Stopping(Struct, frozen=True):
    """What ends a team.

    `stops` is false where nothing does; `known` is true where every condition is known. `limit` is how many turns it
    takes at most; `people` are those to whom a hand-off ends it; `by_handoff` is true where nothing but
    a hand-off does, `by_word` where nothing but a text that somebody says does. `past_handoffs` is true where no
    hand-off does, whoever it is to, `by_turns` where nothing but the number of turns does, `by_measure` where nothing
    looks at what is said.
    """

    stops: bool
    known: bool
    limit: int | None = None
    people: frozenset[str] = frozenset()
    by_handoff: bool = False
    by_word: bool = False
    past_handoffs: bool = False
    by_turns: bool = False
    by_measure: bool = False


def stopping_of(team: Object, runs: list[ApiCall]) -> Stopping:
    """What ends a team, by its constructor and the calls that run it."""
    arguments = team.arguments
    condition, turns = arguments.get("termination_condition"), arguments.get("max_turns")
    if team.path == MAGENTIC and turns is None:
        turns = Const(MAGENTIC_TURNS)
    cancelled = any(may_be_set(run.arguments.get("cancellation_token")) for run in runs)
    parts = list(_parts(condition)) if condition is not None else []
    single = [each for part in parts for each in _all_of(part)]
    alone = not (may_be_set(turns) or arguments.open or cancelled)
    return Stopping(
        stops=may_be_set(condition) or may_be_set(turns) or arguments.open or cancelled,
        known=all(map(_is_known, parts)) and not arguments.open,
        limit=min((limit for item in [*parts, turns] if (limit := _turns(item, runs)) is not None), default=None),
        people=frozenset(name for part in parts if (name := _person(part)) is not None),
        by_handoff=alone and all(any(map(_hands_over, _all_of(part))) for part in parts),
        by_word=alone and bool(parts) and all(any(map(_mentions, _all_of(part))) for part in parts),
        by_turns=not (arguments.open or cancelled)
        and all(isinstance(each, Object) and _counts(each) for each in single),
        past_handoffs=alone and all(isinstance(each, Object) and last_of(each.path) in COUNTING for each in single),
        by_measure=not arguments.open
        and all(map(_is_known, parts))
        and all(isinstance(each, Object) and last_of(each.path) in MEASURING for each in single),
    )


def _parts(condition: Value) -> Iterator[Value]:
    """The conditions any of which ends a team; one that consists of others that all have to hold is one of them."""
    yield from (part for part in _within(condition, COMBINED) if part != NONE)


def _all_of(part: Value) -> list[Value]:
    """The conditions that all have to hold: those that `&` joins, to any depth, else the condition itself."""
    return list(_within(part, JOINED | COMBINED)) if isinstance(part, Object) and part.path in JOINED else [part]


def _within(condition: Value, joining: frozenset[str]) -> Iterator[Value]:
    """What a condition consists of, in order, each once, where it is joined in one of these ways."""
    pending, seen = [condition], set[int]()
    while pending:
        value = pending.pop()
        if isinstance(value, Union):
            pending += reversed(value.options)
        elif not isinstance(value, Object) or value.path not in joining:
            yield value
        elif id(value) not in seen:
            seen.add(id(value))
            pending += reversed(value.arguments.positional)


def conditions_in(condition: Value | None) -> Iterator[Object]:
    """The conditions that are made in a combined one, as far as they are known."""
    parts = _parts(condition) if condition is not None else ()
    yield from (each for part in parts for each in _all_of(part) if isinstance(each, Object))


COMBINED = frozenset({"operator.pipe", f"{CHAT}.base.OrTerminationCondition"})
JOINED = frozenset({"operator.and_", f"{CHAT}.base.AndTerminationCondition"})


def _is_known(part: Value) -> bool:
    """Whether a condition, with all that it is joined of, is one of the framework's."""
    return all(
        isinstance(each, Object) and (each.path or "").startswith(f"{CHAT}.") and each.cls is None
        for each in _all_of(part)
    )


def _hands_over(part: Value) -> bool:
    return isinstance(part, Object) and (part.path or "").endswith(".HandoffTermination")


def _turns(part: Value | None, runs: list[ApiCall]) -> int | None:
    """How many turns a condition, or a number of turns, lets a team take; a limit of messages counts the task, too."""
    if not isinstance(part, Object):
        return _number(part)
    if part.path in JOINED:
        joined = [_turns(each, runs) for each in _all_of(part)]
        known = [each for each in joined if each is not None]
        return max(known) if known and len(known) == len(joined) else None
    messages = _number(part.arguments.get("max_messages", 0)) if _counts(part) else None
    told = bool(runs) and all(run.get("task") not in (None, NONE) for run in runs)
    return max(messages - 1, 0) if messages is not None and told else messages


def _counts(part: Object) -> bool:
    return (part.path or "").endswith(".MaxMessageTermination")


def _number(value: Value | None) -> int | None:
    known = isinstance(value, Const) and not isinstance(value.value, bool)
    return value.value if isinstance(value, Const) and known and isinstance(value.value, int) else None


class StopWord(Struct, frozen=True):
    """A text that ends the conversation when somebody says it; `sources` are the only ones that are listened to.

    `is_alone` is false where something else has to hold as well.
    """

    text: str
    location: Location
    sources: tuple[str, ...] | None = None
    is_alone: bool = True


def stop_words(interp: Interpreter, condition: Value | None) -> tuple[StopWord, ...]:
    """The texts any of which ends the conversation; none where one of them is not known."""
    given = list(conditions_in(condition))
    parts = [part for part in given if _mentions(part)]
    found = [word for part in parts if (word := _stop_word(part)) is not None]
    told = [word for part in given for word in _tested(interp, part)]
    alone = {part.site for part in _parts(condition or NONE) if isinstance(part, Object)}
    words = (replace(word, is_alone=word.location in alone) for word in (*found, *told))
    return tuple(words) if len(found) == len(parts) else ()


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
    if isinstance(part, Object) and _hands_over(part):
        return text_of(part.arguments.get("target", 0))
    return None


def shared_limits(team: Object) -> Iterator[Loss]:
    """Counts that end a team and a team within it: the inner one sets them back each time that it ends."""
    counted = [each for each in conditions_in(team.arguments.get("termination_condition")) if _is_count(each)]
    for entry in elements(team.arguments.get("participants", 0)):
        inner = entry.value
        own = inner.arguments.get("termination_condition") if isinstance(inner, Object) else None
        for condition in (each for each in conditions_in(own) if any(each is other for other in counted)):
            yield Loss(
                LossKind.BOUND,
                f"this `{last_of(condition.path)}`",
                condition.site.span,
                "is one count for a team and for a team within it, which sets it back when it ends: it may never end "
                "the outer one",
                "make one for each of them",
                team.site.span,
                in_some=True,
            )


def _is_count(condition: Object) -> bool:
    return last_of(condition.path) in ("MaxMessageTermination", "TokenUsageTermination")


def idle_limits(team: Object, runs: list[ApiCall]) -> Iterator[Loss]:
    """A limit that has to hold together with what is said, where nothing else ends the team: it bounds nothing."""
    condition = team.arguments.get("termination_condition")
    parts = list(_parts(condition)) if condition is not None else []
    alone = not may_be_set(team.arguments.get("max_turns")) and not team.arguments.open
    cancelled = any(may_be_set(run.arguments.get("cancellation_token")) for run in runs)
    if len(parts) != 1 or not alone or cancelled or not _is_known(parts[0]):
        return
    joined = [each for each in _all_of(parts[0]) if isinstance(each, Object)]
    limits = [each for each in joined if last_of(each.path) in MEASURING]
    others = [each for each in joined if last_of(each.path) not in MEASURING]
    if limits and others:
        yield Loss(
            LossKind.BOUND,
            f"`{last_of(limits[0].path)}`",
            parts[0].site.span if isinstance(parts[0], Object) else team.site.span,
            f"does not end the team by itself: `&` joins it with `{last_of(others[0].path)}`, so the team goes on "
            "until both hold, however long that takes, and not before either",
            "join them with `|`",
            team.site.span,
        )

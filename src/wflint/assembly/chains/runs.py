"""Runs: calls that set something going and give its answer, whoever makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from msgspec import Struct

from wflint.assembly.contracts.fixed_numbers import fixed_number
from wflint.evaluate.answers import ANSWER, Answer
from wflint.evaluate.class_values import Class
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import CallSite
from wflint.evaluate.values import (
    Arguments,
    Object,
    RepeatedElement,
    Sequence,
    TrackedValue,
    Union,
    Unknown,
    Value,
    alternatives,
)

DEEPEST = 3
"""How far down the parts of what is run are looked at."""


def receiver_of(call: CallSite) -> Value | None:
    """What the method is called on."""
    return call.receiver


def untyped(_call: CallSite, _subject: Object) -> Value | None:
    """Nothing is said about it."""
    return None


class Running(Struct, frozen=True):
    """A row of a front end's table: a call that runs something.

    `subject` says what is run, `type` what its answers are declared to be. The answer is the result itself, or where
    the library wraps it as `result`, what the attributes `parts` of that give, dotted where they lie deeper (`[-1]` is
    the last element of a list). `label` is what people call it.
    `texts` are the attributes of an answer that hold what was written, where that is not the answer itself; None where
    it cannot be told. `prints_text` is true where `str(...)` of the answer gives that as well. `own` are the names of
    all its attributes and methods, where any other name is a part of what was answered in a declared form.
    `kept_in` is the object in which runs keep what is said, for later ones to be told, `turns` the number of turns
    that a run may take.
    """

    label: str
    subject: Callable[[CallSite], Value | None] = receiver_of
    type: Callable[[CallSite, Object], Value | None] = untyped
    result: str | None = None
    parts: tuple[str, ...] = ()
    texts: tuple[str, ...] | None = None
    prints_text: bool = False
    own: frozenset[str] = frozenset()
    kept_in: Callable[[CallSite, Object], Value | None] = untyped
    turns: Callable[[CallSite, Object], Value | None] = untyped

    def __call__(self, call: CallSite) -> Value:
        """The call, as the interpreter makes it: recorded for everything that may be run here."""
        from wflint.evaluate.recording import escape

        subject = self.subject(call)
        options = [option for option in alternatives(subject) if isinstance(option, Object)] if subject else []
        escape(call.interpreter, call.arguments, call.location)
        picked = call.interpreter.control_dependences.picked.get(subject) if isinstance(subject, Union) else None
        ran = self._ran if len(options) == 1 else partial(self._perhaps_ran, picked)
        results = [ran(call, option) for option in options]
        given = results or [*call.arguments]
        return results[0] if len(results) == 1 else Unknown("the result of a run", call.location, depends_on(*given))

    def _perhaps_ran(self, picked: TrackedValue | None, call: CallSite, subject: Object) -> Value:
        """One of several that may be run here: whether it is this one is not known, or what was `picked` by tells."""
        interp = call.interpreter
        around = interp.path_condition
        interp.condition()
        if picked is not None:
            interp.control_dependences.add_test(interp.path_condition, picked, call.location)
        result = self._ran(call, subject)
        interp.path_condition = around
        return result

    def _ran(self, call: CallSite, subject: Object) -> Value:
        interp, type_ = call.interpreter, self.type(call, subject)
        role = ANSWER if isinstance(type_, Class) else "result"
        given = depends_on(*call.arguments)
        root = Answer(
            role,
            type_,
            location=call.location,
            label=self.label,
            texts=self.texts,
            own=self.own,
            depends_on=given,
            path_condition=interp.path_condition,
            prints_text=self.prints_text,
            kept_in=self.kept_in(call, subject),
            turns=fixed_number([self.turns(call, subject)]),
        )
        answer = TrackedValue(root, (), type_)
        interp.record_call(subject, call.path, call.arguments, call.location, answer)
        if self.result is None:
            return answer
        made = interp.object_of(self.result, call.arguments, call.location)
        made.receiver = subject
        made.depends_on = frozenset({answer})
        for way in self.parts:
            first, _, rest = way.partition(".")
            made.content[first] = _wrapped(call, f"{self.result}.{first}", rest, answer)
        return made


def _wrapped(call: CallSite, path: str, way: str, answer: TrackedValue) -> Value:
    """What a part of a result is that holds the answer where `way` leads."""
    first, _, rest = way.partition(".")
    if not first:
        return answer
    inner = _wrapped(call, f"{path}.{first}", rest, answer)
    if first == LAST:
        return call.interpreter.list_of([RepeatedElement(Unknown("what came before", call.location)), inner])
    made = call.interpreter.object_of(path, Arguments(), call.location)
    made.depends_on = frozenset({answer})
    made.content[first] = inner
    return made


LAST: Final = "[-1]"
"""In a way to the answer, the last element of a list."""


def conversation(call: CallSite) -> Value:
    """Handler of a method of a result that gives its messages as a list."""
    given = depends_on(call.receiver) if call.receiver is not None else frozenset()
    return call.interpreter.list_of([RepeatedElement(Unknown("a message of a conversation", call.location, given))])


KEPT = frozenset({"session", "conversation_id", "previous_response_id", "context"})
"""Arguments by which a run remembers the one before, or is told what the call does not show."""


class Run(Struct, frozen=True):
    """Something that was run: the call, what it ran, its answer, and the parts of other answers it was given."""

    api_call: ApiCall
    subject: Object
    answer: Answer
    given: frozenset[TrackedValue]
    number: int


def runs_of(interp: Interpreter) -> Iterator[Run]:
    """Every run that was recorded, in order."""
    for number, api_call in enumerate(interp.api_calls):
        match api_call:
            case ApiCall(subject=Object() as subject, result=TrackedValue(root=Answer() as answer)):
                given = answer.depends_on | _within(subject, DEEPEST)
                yield Run(api_call, subject, answer, frozenset(s for s in given if isinstance(s.root, Answer)), number)
            case _:
                pass


def _within(value: Value, depth: int) -> frozenset[TrackedValue]:
    """The tracked inputs that something was made with, in its parts too."""
    found: set[TrackedValue] = set()
    for option in alternatives(value):
        match option:
            case Object(arguments=arguments, receiver=receiver) if depth:
                made_of = [*arguments, *([receiver] if isinstance(receiver, Object) else [])]
                found.update(*(_within(part, depth - 1) for part in made_of))
            case RepeatedElement(value=inner):
                found |= _within(inner, depth)
            case Sequence(content=items) if depth:
                found.update(*(_within(item, depth) for item in items))
            case _:
                found |= depends_on(option)
    return frozenset(found)

"""What code that decides where control goes next can choose, as labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.contracts.effects import certainty
from wflint.evaluate.contents import item_if_there, may_lack
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import (
    NONE,
    Const,
    Location,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    Value,
    alternatives,
    possibly_unbound,
    text_of,
)
from wflint.model.contract import Payload
from wflint.model.patterns import pattern
from wflint.model.workflow import Route

ENDING = pattern(
    r"(?:.*_)?(?:end|stop|done|finish(?:ed)?|completed?|exit|quit|none|nothing|skip(?:ped)?|abort(?:ed)?|cancel(?:l?ed)?|"
    r"closed?|terminated?|noop|halt(?:ed)?|success|ok|valid)(?:_.*)?",
    re.IGNORECASE,
)
"""Labels that say that nothing more is to be done."""


class Target(Struct, frozen=True):
    """A name that control may go to.

    `payload` is what is sent there in place of the state; `many` where it may be sent there several times at once.
    `either` is true where it may be a name of this workflow, or of the one around it.
    """

    label: str
    location: Location
    certain: bool
    sends: bool = False
    many: bool = False
    payload: Payload | None = None
    assumes: tuple[str, ...] = ()
    either: bool = False


class Chosen(Struct, frozen=True):
    """A value that some code chooses, with what is known whenever it does; `many` where it is one of many."""

    value: Value
    location: Location
    certain: bool
    assumes: tuple[str, ...] = ()
    many: bool = False


class Sending(Struct, frozen=True):
    """A class of a library whose objects send something to a step: the arguments that name the step and hold that."""

    path: str
    target: str
    payload: str


def label_of(value: Value) -> str | None:
    """The label a value stands for: a text, or a boolean or number as Python would print it."""
    text = text_of(value)
    if text is not None:
        return text
    return str(value.value) if isinstance(value, Const) and isinstance(value.value, bool | int) else None


class Routes(Struct):
    """What can be chosen; `unknown` is the place of a choice that cannot be read, `none` one of a choice of nothing.

    `sets` are the labels that are chosen at once, a set for each value that may be returned. `sending` is what sends
    control in place of a label. `sticks_to_declared` is true where the declared labels serve as a path map, so that no
    other one is taken. `labelled` says which label a value stands for.
    """

    sending: Sending | None = None
    labelled: Callable[[Value], str | None] = label_of

    targets: list[Target] = field(default_factory=list)
    unknown: list[Location] = field(default_factory=list)
    several: bool = False
    sets: list[tuple[str, ...]] = field(default_factory=list)
    none: Location | None = None
    declared: tuple[str, ...] | None = None
    sticks_to_declared: bool = False

    def labels(self) -> list[str]:
        """The labels, each once, in order."""
        return list(dict.fromkeys(target.label for target in self.targets))

    def together(self) -> tuple[tuple[str, ...], ...] | None:
        """What is chosen at once, where every value that may be returned can be read."""
        return tuple(dict.fromkeys(self.sets)) if self.several and not self.unknown else None

    def routes(self) -> tuple[Route, ...]:
        """What is chosen by its label."""
        chosen = (target for target in self.targets if not target.sends)
        return tuple(Route(target.label, target.location.span, certainty(target.certain)) for target in chosen)

    def collect(self, interp: Interpreter, chosen: Chosen) -> None:
        """Add what one value stands for."""
        for option in interp.possibilities(chosen.value):
            match option:
                case Sequence():
                    self._collect_all(interp, chosen, option)
                case Object(path=path) if self.sending is not None and path == self.sending.path:
                    self._send(interp, chosen, option, self.sending)
                case _ if (label := self.labelled(option)) is not None:
                    self._add(Target(label, chosen.location, chosen.certain, assumes=chosen.assumes))
                case _ if option != NONE:
                    self.unknown.append(chosen.location)

    def _add(self, target: Target) -> None:
        self.targets.append(target)
        self.sets.append((target.label,))

    def _collect_all(self, interp: Interpreter, chosen: Chosen, listed: Sequence) -> None:
        before, sets = len(self.targets), len(self.sets)
        vague = [may_lack(item) for item in listed.content]
        self.several |= len(vague) > 1 or any(isinstance(item, RepeatedElement) for item in listed.content)
        for item, unsure in zip(listed.content, vague, strict=True):
            many = isinstance(item, RepeatedElement)
            inner = item_if_there(item)
            if inner is not None:
                self.collect(interp, replace(chosen, value=inner, certain=chosen.certain and not unsure, many=many))
        self._repeat(before)
        labels = tuple(dict.fromkeys(target.label for target in self.targets[before:]))
        whole = len(vague) == len(labels) and not any(vague)
        self.sets[sets:] = [labels, *(() if whole else ((label,) for label in labels))]

    def _repeat(self, before: int) -> None:
        """Say of the targets of one list that get several of its payloads that they are started several times."""
        mine = self.targets[before:]
        sent = Counter(target.label for target in mine if target.sends and target.certain)
        self.targets[before:] = [replace(t, many=t.many or (t.sends and sent[t.label] > 1)) for t in mine]

    def _send(self, interp: Interpreter, chosen: Chosen, made: Object, sending: Sending) -> None:
        target, payload = made.arguments.get(sending.target, 0), _payload(made.arguments.get(sending.payload, 1), made)
        for option in interp.possibilities(target) if target is not None else ():
            label = label_of(option)
            if label is None:
                self.unknown.append(made.site)
            else:
                self._add(Target(label, made.site, chosen.certain, sends=True, many=chosen.many, payload=payload))


def _payload(value: Value | None, made: Object) -> Payload:
    """The keys that are there in each dict that may be sent."""
    options = alternatives(value)
    known = [option for option in options if isinstance(option, Mapping)]
    keys = [{k for k, inner in each.known() if isinstance(k, str) and not possibly_unbound(inner)} for each in known]
    closed = len(known) == len(options) > 0 and all(each.closed for each in known)
    return Payload(tuple(sorted(set.intersection(*keys))) if keys else (), made.site.span, closed, is_dict=closed)

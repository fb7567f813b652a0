"""Tasks and agents as objects: what they were given, directly or by their configuration."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wflint.assembly.sequences import is_unset, known_text
from wflint.evaluate.modules import Module
from wflint.evaluate.values import (
    Const,
    Location,
    Mapping,
    Object,
    Value,
    alternatives,
)
from wflint.model.span import Span
from wflint.source import code
from wflint.source.walking import nodes_in

PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_\-]*)\}")
"""What the framework fills in from the inputs of a run; anything else in braces is text."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text that the framework shows to a model, as far as it is known, and where it is written."""

    text: str
    span: Span

    @property
    def placeholders(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(PLACEHOLDER.findall(self.text)))


class Source:
    """The code behind values: where an argument of a call is written, and what a written-out list consists of."""

    def __init__(self) -> None:
        self._nodes: dict[str, dict[code.TextRange, code.Call | code.Display]] = {}

    def call(self, location: Location | None) -> code.Call | None:
        """The call at a place."""
        node = self._node(location)
        return node if isinstance(node, code.Call) else None

    def items(self, location: Location | None) -> tuple[code.ExprT, ...]:
        """The items of the written-out list at a place."""
        node = self._node(location)
        return node.items if isinstance(node, code.Display) else ()

    def argument(self, made: Object, name: str) -> Location | None:
        """Where the argument `name` of the call that made an object is written."""
        call = self.call(made.location)
        if call is None or made.location is None:
            return None
        at = next((keyword.value.at for keyword in call.keywords if keyword.name == name), None)
        return Location(made.location.module, at) if at is not None else None

    def _node(self, location: Location | None) -> code.Call | code.Display | None:
        if location is None or location.module.lowered is None or location.module.stub:
            return None
        known = self._nodes.get(location.module.path)
        if known is None:
            known = self._nodes[location.module.path] = _nodes(location.module)
        return known.get(location.at)


def _nodes(module: Module) -> dict[code.TextRange, code.Call | code.Display]:
    found: dict[code.TextRange, code.Call | code.Display] = {}
    for node in nodes_in(module.body):
        if isinstance(node, code.Call | code.Display):
            found.setdefault(node.at, node)
    return found


def configuration(made: Object) -> Mapping | None:
    """The configuration that a task or agent is made from."""
    config = made.content.get("config")
    options = alternatives(config)
    return next((option for option in options if isinstance(option, Mapping)), None)


def given(made: Object, name: str) -> Value | None:
    """An attribute of a task or agent: as given or set since, else as configured; None where there is none."""
    value = made.content.get(name) or made.arguments.get(name)
    if not is_unset(value):
        return value
    settings = configuration(made)
    value = settings.content.get(name) if settings is not None else None
    return None if is_unset(value) else value


def is_open(made: Object) -> bool:
    """Whether attributes may be given that the source does not show."""
    config = made.content.get("config")
    return made.arguments.open or (config is not None and configuration(made) is None)


def words(source: Source, made: Object, name: str) -> Words | None:
    """A text attribute with its place."""
    value = given(made, name)
    text = known_text(value)
    return Words(text, place_of(source, made, name)) if text else None


def place_of(source: Source, made: Object, name: str) -> Span:
    """Where an attribute is written, or where the object is made."""
    settings = configuration(made)
    written = source.argument(made, name)
    if written is None and settings is not None and name in settings.locations:
        written = settings.locations[name]
    written = written or made.location
    assert written is not None
    return written.span


def is_true(value: Value | None) -> bool:
    """Whether a flag is certainly set."""
    return isinstance(value, Const) and value.value is True


def model_of(value: Value | None) -> str | None:
    """The name of the model that `llm=` stands for."""
    for option in alternatives(value):
        if isinstance(option, Const) and isinstance(option.value, str):
            return option.value
        if isinstance(option, Object):
            named = (option.arguments.get(key) for key in ("model", "model_name"))
            name = next((text for argument in named if (text := known_text(argument))), None) or known_text(
                option.arguments.get("model", 0)
            )
            if name:
                return name
    return None

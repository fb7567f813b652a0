"""Tasks and agents as objects: what they were given, directly or by their configuration."""

from __future__ import annotations

from msgspec import Struct

from wflint.assembly.argument_locator import ArgumentLocator
from wflint.assembly.contracts.prompt_texts import written_at
from wflint.assembly.sequences import is_empty, is_unset, known_text
from wflint.evaluate.values import NONE, Const, Mapping, Object, Value, alternatives
from wflint.model.patterns import pattern
from wflint.model.span import Span

PLACEHOLDER = pattern(r"\{([A-Za-z_][A-Za-z0-9_\-]*)\}")
"""What the framework fills in from the inputs of a run; anything else in braces is text."""


class Words(Struct, frozen=True):
    """A text that the framework shows to a model, as far as it is known, and where it is written."""

    text: str
    span: Span
    value: Value

    @property
    def placeholders(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(PLACEHOLDER.findall(self.text)))

    def place(self, name: str) -> Span:
        """Where a placeholder is written."""
        return written_at(self.value, f"{{{name}}}") or self.span


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


def words(source: ArgumentLocator, made: Object, name: str) -> Words | None:
    """A text attribute with its place."""
    value = given(made, name)
    text = known_text(value)
    return Words(text, written_at(value) or place_of(source, made, name), value) if text and value is not None else None


def place_of(source: ArgumentLocator, made: Object, name: str) -> Span:
    """Where an attribute is written, or where the object is made."""
    settings = configuration(made)
    configured = settings.locations.get(name) if settings is not None else None
    return (source.written(made, name) or configured or made.site).span


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


def is_shown_nothing(task: Object) -> bool:
    """Whether a task is given a context that is empty, or None: no result gets to it then."""
    value = given(task, "context")
    return value == NONE or is_empty(value)

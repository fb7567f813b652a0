"""What generators are told by the prompt builders that feed them."""

from __future__ import annotations

from wflint.assembly.contracts.jinja import jinja_text
from wflint.assembly.contracts.prompts import HINTING
from wflint.evaluate.values import NONE, Mapping, Object, Value, last_of
from wflint.frontends.haystack.components import Component, is_own
from wflint.model.prompt import Prompt, PromptText
from wflint.model.span import Span
from wflint.model.workflow import StepKind

ASKING = frozenset({"prompt", "messages"})
"""The inputs of generators that take what they are told."""
BUILDERS = frozenset({"PromptBuilder", "ChatPromptBuilder"})


def asks(socket: str | None) -> bool:
    """Whether an input takes what a model is told."""
    return socket in ASKING


def is_asked(component: Component) -> bool:
    """Whether a component of the library asks a model."""
    return component.kind is StepKind.AGENT and component.definition is None


def told_by(builder: Component, made: Value, span: Span) -> Prompt:
    """The words of a builder's template; its variables are what is worked on, unless their names say otherwise."""
    hints = any(HINTING.search(socket.name) for socket in builder.inputs if socket.span is not None)
    text = jinja_text(builder.description)
    known = isinstance(made, Object) and last_of(made.path or "") in BUILDERS and bool(text)
    told = PromptText(text or "\u2026", span, complete=not (hints or builder.inputs_open))
    return Prompt((told,), complete=known)


def is_told_all(made: Value, prompt: Prompt | None) -> bool:
    """Whether a generator is told what its prompt says, and nothing else about the form of its answer.

    What code of the source fills into the prompt, such as what was wrong the last time, may say more: that is asked
    elsewhere.
    """
    if prompt is None or not prompt.whole or not isinstance(made, Object) or is_own(made):
        return False
    if not any(character.isalpha() for text in prompt.texts for character in text.text):
        return False  # whoever runs it brings all of it
    settings = made.arguments.get("generation_kwargs")
    plain = settings is None or settings == NONE or (isinstance(settings, Mapping) and settings.closed)
    return plain and not made.arguments.open and made.arguments.get("system_prompt") is None

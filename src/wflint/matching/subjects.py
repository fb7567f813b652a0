"""What is compared: fields and steps, as plain texts that know nothing of where they came from."""

from __future__ import annotations

from msgspec import Struct


class FieldText(Struct, frozen=True):
    """A field that is offered or needed.

    `prompt` is the sentence around a placeholder that asks for the field, with the placeholder in braces.
    """

    name: str
    type: str = ""
    description: str = ""
    prompt: str = ""


class StepText(Struct, frozen=True):
    """A step: `doc` is its docstring or system prompt."""

    name: str
    doc: str = ""
    tools: tuple[str, ...] = ()
    inputs: tuple[FieldText, ...] = ()
    outputs: tuple[FieldText, ...] = ()

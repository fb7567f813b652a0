"""What a route is called: one that is a text is not the number or the truth that it reads like."""

from __future__ import annotations

from wflint.assembly.routes import label_of
from wflint.evaluate.values import Value, text_of


def route_label(value: Value) -> str | None:
    """The label of a route that a value stands for."""
    text = text_of(value)
    return route_of(text) if text is not None else label_of(value)


def route_of(key: object) -> str:
    """The label of a route as it is: a text that reads like a number or a truth is in quotation marks."""
    plain = isinstance(key, str) and (key in ("True", "False") or key.removeprefix("-").isdecimal())
    return f"'{key}'" if plain else str(key)

"""Methods of language models: what it means that code calls one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.library import Handler
from wflint.evaluate.values import Value

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def asking(interp: Interpreter, receiver: Value, name: str) -> Handler | None:
    """What a method of a model means; asking one does only in plain code: what steps ask is watched in other ways."""
    for models in interp.table.models:
        handler = models.giving.get(name) or (models.asked.get(name) if interp.observer is None else None)
        if handler is not None and models.has(receiver):
            return handler
    return None

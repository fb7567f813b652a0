"""Methods of language models: what it means that code calls one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.library import CallModel
from wflint.evaluate.values import Value

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


def model_call(interp: Interpreter, receiver: Value, name: str) -> CallModel | None:
    """What a method of a model means; asking one does only in plain code: what steps ask is watched in other ways."""
    for models in interp.library_model.models:
        handler = models.wrappers.get(name) or (models.invocations.get(name) if interp.recorder is None else None)
        if handler is not None and models.has(receiver):
            return handler
    return None

"""Encoders: from texts to vectors of length one, so that a dot product says how alike two texts are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from wflint.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

DEFAULT = "static"
"""The encoder that comes with wflint."""
_EXTRA = "sentence-transformers"


class Encoder(Protocol):
    """Turns texts into vectors."""

    def encode(self, texts: Sequence[str]) -> Matrix:
        """A row a text, each of length one; zeros where the encoder knows nothing of the text."""


def load_encoder(name: str = DEFAULT) -> Encoder:
    """The encoder called `name`: `static`, or `sentence-transformers:NAME_OR_PATH`."""
    family, _, model = name.partition(":")
    if family == DEFAULT and not model:
        from wflint.matching.encoders import static

        return static.load()
    if family == _EXTRA and model:
        from wflint.matching.encoders import transformer

        return transformer.load(model)
    raise UsageError(f"unknown encoder {name!r}; it is {DEFAULT!r} or '{_EXTRA}:NAME_OR_PATH'")

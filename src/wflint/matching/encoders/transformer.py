"""Any sentence-transformers model, through the extra of that name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from wflint.errors import UsageError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class TransformerEncoder(Struct, frozen=True):
    """A model and its own idea of what texts mean."""

    model: SentenceTransformer

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row a text, each of length one."""
        vectors = self.model.encode(list(texts), convert_to_numpy=True, show_progress_bar=False)
        rows = np.asarray(vectors, np.float32).reshape(len(texts), -1)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: NDArray[np.float32] = rows / np.maximum(lengths, 1e-12)
        return unit


def load(model: str) -> TransformerEncoder:
    """The model of that name, or in that folder."""
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise UsageError(
            f"the encoder 'sentence-transformers:{model}' needs the extra: pip install 'wflint[sentence-transformers]'"
        ) from error
    try:
        return TransformerEncoder(SentenceTransformer(model))
    except Exception as error:
        raise UsageError(
            f"the model {model!r} cannot be loaded ({error}); name a folder that holds a sentence-transformers model, "
            "or a model that is on this machine or can be downloaded"
        ) from error

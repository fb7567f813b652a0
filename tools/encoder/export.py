"""Writes the default encoder as a sentence-transformers model, for tools that speak that.

    python tools/encoder/export.py FOLDER

Needs the extra `sentence-transformers`. The model is a `StaticEmbedding` with its vectors brought to length one; its
tokenizer splits and takes words apart as wflint does.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from wflint.matching.encoders import static

UNKNOWN = "[UNK]"


def export(folder: Path) -> None:
    """Write the model."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, StaticEmbedding
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    encoder = static.load()
    vocabulary = {**encoder.rows, UNKNOWN: len(encoder.rows)}
    tokenizer = Tokenizer(
        models.WordPiece(
            vocabulary,
            unk_token=UNKNOWN,
            continuing_subword_prefix=static.CONTINUED,
            max_input_chars_per_word=static.LONGEST_WORD,
        )
    )
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFD(), normalizers.StripAccents(), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(static.WORDS), behavior="removed", invert=True)
    vectors = encoder.vectors.astype(np.float32) * encoder.scales[:, None]
    weights = np.vstack([vectors, np.zeros((1, vectors.shape[1]), np.float32)])
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=weights), Normalize()], device="cpu"
    )
    model.save(str(folder))


if __name__ == "__main__":
    export(Path(sys.argv[1]))

"""The default encoder: a table of word vectors, distilled from a language model, averaged over the words of a text.

Made by `tools/encoder/distil.py`. The rows are weighted already (frequent words are short), so the average is plain.
"""

from __future__ import annotations

import json
import unicodedata
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from wflint.errors import ConfigError
from wflint.model.patterns import pattern

DATA = Path(__file__).parents[1] / "data"
MANIFEST = "encoder.json"
CONTINUED = "##"
"""Stands before a piece that continues a word."""
LONGEST_WORD = 100
"""A longer run of letters is no word, and taking it to pieces would cost the square of its length."""
WORDS = r"[a-z]+|[0-9]+"
"""What a text falls into, once it is in lower case and without accents."""

_WORD = pattern(WORDS)
_BLOCK = 8_192
"""So many texts are averaged at once, which bounds the memory."""


class StaticEncoder(Struct):
    """Word vectors: bytes with a scale a row, and the row of every word and piece."""

    vectors: NDArray[np.int8]
    scales: NDArray[np.float32]
    rows: dict[str, int]
    _pieces: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row a text, each of length one; zeros where no word of the text is known."""
        out = np.zeros((len(texts), self.vectors.shape[1]), np.float32)
        for start in range(0, len(texts), _BLOCK):
            self._average(texts[start : start + _BLOCK], out[start : start + _BLOCK])
        return out

    def _average(self, texts: Sequence[str], out: NDArray[np.float32]) -> None:
        found = [self._rows_of(text) for text in texts]
        filled = [position for position, rows in enumerate(found) if rows]
        if not filled:
            return
        flat = np.fromiter((row for rows in found for row in rows), np.int64)
        starts = np.cumsum([0, *(len(found[position]) for position in filled[:-1])])
        used, places = np.unique(flat, return_inverse=True)
        table = self.vectors[used].astype(np.float32) * self.scales[used, None]
        sums = np.add.reduceat(table[places], starts, axis=0)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        out[filled] = sums / np.maximum(lengths, 1e-12)

    def _rows_of(self, text: str) -> list[int]:
        pieces = self._pieces
        rows: list[int] = []
        for word in _WORD.findall(_plain(text)):
            known = pieces.get(word)
            rows.extend(self._taken_apart(word) if known is None else known)
        return rows

    def _taken_apart(self, word: str) -> tuple[int, ...]:
        """The longest piece first, then the longest that continues it; nothing where a rest cannot be had."""
        found: list[int] = []
        start = 0 if len(word) <= LONGEST_WORD else len(word)
        while start < len(word):
            mark = CONTINUED if start else ""
            end = next((end for end in range(len(word), start, -1) if mark + word[start:end] in self.rows), None)
            if end is None:
                found = []
                break
            found.append(self.rows[mark + word[start:end]])
            start = end
        self._pieces[word] = tuple(found)
        return self._pieces[word]


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn").lower()


@cache
def load(folder: Path = DATA) -> StaticEncoder:
    """The table in `folder`, checked against its manifest."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        for name, expected in manifest["crc32"].items():
            if zlib.crc32((folder / name).read_bytes()) != expected:
                raise ConfigError(f"{name} is damaged; install wflint again", str(folder))
        vectors = np.load(folder / "vectors.npy", mmap_mode="r")
        scales = np.load(folder / "scales.npy")
        tokens = (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"the word vectors cannot be read ({error}); install wflint again", str(folder)) from error
    return StaticEncoder(vectors, scales, {token: row for row, token in enumerate(tokens)})

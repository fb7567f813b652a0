"""Texts made comparable without their words: digests, sketches of small hashes, vectors of bytes.

A sketch is a MinHash: the share of slots in which two sketches agree is about the share of what both texts are made of.
Its first half is of single words, a byte a slot, so that each value stands for hundreds of words; its second half is of
pairs of neighbouring words, two bytes a slot, so that each stands for thousands of pairs.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from wflint.matching.words import split_prose, stem
from wflint.model.patterns import pattern

if TYPE_CHECKING:
    Bytes = NDArray[np.uint8]

SLOTS: Final = 64
"""Slots of either half."""
LENGTH: Final = SLOTS + 2 * SLOTS
"""Bytes of a sketch."""
DIMENSIONS: Final = 128
"""Bytes of a vector."""
SCALE: Final = 127
"""The largest number of a vector's dimension."""
_UNSPACED: Final = pattern(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_EMPTY: Final = np.zeros(0, np.uint64)
_COMMON: Final = frozenset(
    """a an the of to in on for and or is are be it its that this these those which with by from at as your you their
    his her our we i they he she was were been has have had do does did will would can could should may might must if
    then than into up out over each every all any some what when where who whom how why whether so such very about
    between there here just also only them us me my own per via not no
    agent assistant helpful task step user request question answer response use tool provide give make ensur please
    system role based output input given return expert specialist need help follow""".split()  # noqa: SIM905 (a list)
)
"""Words that say little of any work; part of what a version of the summary means, so that they stay as they are."""


def digest_of(text: str) -> str:
    """What tells two texts apart."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def sketch_of(text: str) -> Bytes:
    """The sketch of a text: zeros where it has no words."""
    words = [stem(word) for word in split_prose(text)] + _UNSPACED.findall(text)
    telling = [word for word in words if word not in _COMMON] or words
    single = _minimums(_hashes(telling))
    double = _minimums(_hashes(f"{one} {other}" for one, other in pairwise(telling)))
    return np.concatenate([_folded(single, 1), _folded(double, 2)])


def word_count(text: str) -> int:
    """So many words a text has."""
    return len(split_prose(text)) + len(_UNSPACED.findall(text))


def quantised(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Vectors of length one as bytes; products of them are whole numbers, the same on every machine."""
    return np.rint(vectors * SCALE).astype(np.int8)


def encoded(data: NDArray[np.uint8] | NDArray[np.int8]) -> str:
    """Bytes as text."""
    return b64encode(data.tobytes()).decode("ascii")


def decoded(text: str, length: int) -> Bytes:
    """The bytes of a text; raises `ValueError` where it is no base64 or there are more or fewer bytes."""
    if len(text) != 4 * -(-length // 3):
        raise ValueError("of the wrong length")
    try:
        found = np.frombuffer(b64decode(text, validate=True), np.uint8)
    except binascii.Error as error:
        raise ValueError("no base64") from error
    if len(found) != length:
        raise ValueError("of the wrong length")
    return found


def _hashes(pieces: Iterable[str]) -> NDArray[np.uint64]:
    found = {_hash(piece) for piece in pieces}
    return np.fromiter(sorted(found), np.uint64, len(found)) if found else _EMPTY


@lru_cache(maxsize=1 << 18)
def _hash(piece: str) -> int:
    return int.from_bytes(blake2b(piece.encode("utf-8", "surrogatepass"), digest_size=4, person=b"wflint").digest())


@lru_cache(maxsize=1)
def _factors() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Two numbers a slot, the same for ever."""
    numbers = [
        int.from_bytes(blake2b(f"{place}".encode(), digest_size=4, person=b"slots").digest())
        for place in range(2 * SLOTS)
    ]
    made = np.array(numbers, np.uint64)
    return made[:SLOTS] | np.uint64(1), made[SLOTS:]


def _minimums(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The least number of each slot, as each slot numbers the pieces."""
    if not len(hashes):
        return np.zeros(SLOTS, np.uint64)
    factors, terms = _factors()
    mixed = hashes[:, None] * factors[None, :] + terms[None, :]
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    least: NDArray[np.uint64] = mixed.min(axis=0)
    return least


def _folded(numbers: NDArray[np.uint64], width: int) -> Bytes:
    """The last bytes of a number that goes by the least one, little end first."""
    mixed = numbers * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return (mixed & np.uint64((1 << (8 * width)) - 1)).astype("<u1" if width == 1 else "<u2").view(np.uint8)

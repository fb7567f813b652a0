"""Changes to a file: those that know what kind of document it is, small ones to its text, and those to its bytes."""

from __future__ import annotations

import random
from pathlib import PurePosixPath

from tests.hunt.documents import JSON, LINES, NOTEBOOK, RECORDS, TOML, YAML
from tests.hunt.pythons import PYTHON
from tests.hunt.texts import ANY, Mutation

BY_SUFFIX: dict[str, tuple[Mutation, ...]] = {
    ".py": PYTHON,
    ".ipynb": NOTEBOOK,
    ".json": JSON,
    ".jsonc": JSON,
    ".jsonl": RECORDS,
    ".yaml": YAML,
    ".yml": YAML,
    ".toml": TOML,
    ".lock": (*TOML, *JSON),
    ".cfg": LINES,
    ".txt": LINES,
    "": LINES,
}


def mutated(path: str, data: bytes, chance: random.Random) -> tuple[str, bytes]:
    """What one mutation makes of a file, with the name of the mutation."""
    if chance.random() < 1 / 20:
        change = chance.choice(BYTES)
        return change.__name__, change(data, chance)
    kinds = BY_SUFFIX[PurePosixPath(path).suffix]
    mutation = chance.choice(kinds if chance.random() < 2 / 3 else ANY)
    text = mutation(data.decode("utf-8", "surrogateescape"), chance, PurePosixPath(path).stem)
    return mutation.__name__.lstrip("_"), text.encode("utf-8", "surrogatepass")


def marked(data: bytes, chance: random.Random) -> bytes:
    """A byte order mark, the right one or another's, or two."""
    return chance.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf" * 2, b"\0\0\xfe\xff")) + data


def encoded(data: bytes, chance: random.Random) -> bytes:
    """Another encoding, with or without a word about it."""
    name = chance.choice(
        ("utf-16", "utf-32", "utf-7", "latin-1", "idna", "rot13", "zlib", "not-there", "\0", "undefined")
    )
    cookie = f"# -*- coding: {name} -*-\n".encode() if chance.random() < 0.7 else b""
    return cookie + (data.decode().encode(name, "replace") if name.startswith("utf") else data)


def sprinkled(data: bytes, chance: random.Random) -> bytes:
    """Bytes that are no UTF-8, or no text."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice((b"\0", b"\xff", b"\xed\xa0\x80", b"\xc0\x80", b"\xf5\x80", b"\x80")) + data[at:]


def other_newlines(data: bytes, chance: random.Random) -> bytes:
    """Line ends of another system, or of none."""
    return data.replace(b"\n", chance.choice((b"\r", b"\r\n", b"\n\r", b"\x0b", b"\\\n", b"\n\x0c")))


def emptied(data: bytes, chance: random.Random) -> bytes:
    """Nothing, or next to it."""
    return chance.choice((b"", b"\n", b"\0", b"\\", b"\xef\xbb\xbf", data[:1], data * 3))


BYTES = (marked, encoded, sprinkled, other_newlines, emptied)

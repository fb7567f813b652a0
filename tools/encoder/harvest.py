"""Counts the words of the field: what agent frameworks and the libraries around them call things and say about them.

    python tools/encoder/harvest.py FOLDER

FOLDER keeps the downloaded wheels (`wheels.txt` pins them; nothing is installed or run). The counts go to `words.tsv`
beside this file, which is committed: it decides which words get a vector of their own, and how little the frequent
ones weigh.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
PINS = HERE / "wheels.txt"
COUNTS = HERE / "words.tsv"

KEPT = 12_500
"""So many words are kept, the most frequent first."""
SPREAD = 3
"""A word of fewer packages than this is a name of theirs, not a word of the field."""
FILES = 1_500
"""At most so many files of a wheel are counted, lest the largest one speak for all."""
PROSE = range(20, 4_000)
"""Texts of these lengths are taken for prose; shorter ones are keys, longer ones are data."""

_PART = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_WORD = re.compile(r"[a-z]{2,22}")


def main(folder: Path) -> None:
    """Downloads what is missing, counts, writes."""
    for pin in PINS.read_text(encoding="utf-8").split():
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), pin], check=True
        )
    counts: Counter[str] = Counter()
    packages: Counter[str] = Counter()
    for wheel in sorted(folder.glob("*.whl")):
        found = Counter(_words_of(wheel))
        counts.update(found)
        packages.update(found.keys())
    spread = [(word, count) for word, count in counts.items() if packages[word] >= SPREAD]
    kept = sorted(spread, key=lambda row: (-row[1], row[0]))[:KEPT]
    COUNTS.write_text("".join(f"{word}\t{count}\n" for word, count in kept), encoding="utf-8")
    print(f"{len(kept)} of {len(counts)} words, {sum(counts.values())} tokens, the rarest {kept[-1][1]} times")


def _words_of(wheel: Path) -> Iterator[str]:
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in sorted(archive.namelist()) if name.endswith(".py") and "/tests/" not in name]
        for name in names[:FILES]:
            try:
                tree = ast.parse(archive.read(name))
            except (SyntaxError, ValueError):
                continue
            yield from (word for text in _texts(tree) for word in _split(text))


def _texts(tree: ast.Module) -> Iterator[str]:
    """Names and prose of a module."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.arg(arg=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.Constant(value=str(text)) if len(text) in PROSE and " " in text:
                yield text
            case _:
                pass


def _split(text: str) -> Iterator[str]:
    for part in _PART.findall(text):
        word = part.lower()
        if _WORD.fullmatch(word):
            yield word


if __name__ == "__main__":
    main(Path(sys.argv[1]))

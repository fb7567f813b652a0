"""The inputs of the hunt: number N of a seed is the same everywhere."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.hunt.bases import Base, bases
from tests.hunt.mutations import mutated
from tests.hunt.observing import Files

MOST_MUTATIONS = 4
KINDS = {".py": 10, ".ipynb": 2, ".yaml": 3, ".json": 1, ".jsonc": 2, ".toml": 2, ".jsonl": 2}
"""How often a file of each kind is what changes; most of the fixtures are Python."""


@dataclass(frozen=True, slots=True)
class Input:
    """A mutated program, what was done to it, and the command that it is for."""

    name: str
    files: Files
    command: tuple[str, ...]


def input_of(seed: int, number: int) -> Input:
    """One input."""
    chance = random.Random(f"{seed}:{number}")  # noqa: S311 (chance, not a secret)
    [suffix] = chance.choices(list(KINDS), list(KINDS.values()))
    base = chance.choice([base for base in bases() if _of_kind(base, suffix)])
    files = dict(base.files)
    done = []
    for _ in range(chance.choice((1, 1, 2, MOST_MUTATIONS))):
        path = chance.choice(_of_kind(base, suffix))
        try:
            name, files[path] = mutated(path, files[path], chance)
        except ValueError as error:  # bytes that an earlier mutation made unreadable
            name = f"not {type(error).__name__}"
        done.append(f"{name} in {path}")
    return Input(f"{base.name}: {', '.join(done)}", tuple(files.items()), base.commands[number % len(base.commands)])


def _of_kind(base: Base, suffix: str) -> list[str]:
    return [path for path in base.mutable if path.endswith(suffix)]

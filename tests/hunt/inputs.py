"""The inputs of the hunt: number N of a seed is the same everywhere."""

from __future__ import annotations

import random
from functools import cache
from pathlib import PurePosixPath

from msgspec import Struct

from tests.hunt.bases import Base, bases
from tests.hunt.grammars import program_of
from tests.hunt.mutations import mutated
from tests.hunt.observing import COMMANDS, HERE, Files, Link

MOST_MUTATIONS = 4
MADE = 1 / 3
"""How often a program is made of a grammar, and not of another program."""
KINDS = {
    ".py": 24, ".ipynb": 4, ".yaml": 6, ".json": 3, ".jsonc": 4, ".toml": 4, ".jsonl": 5, ".lock": 1, ".txt": 1,
    ".cfg": 1, ".yml": 1, "": 1,
}  # fmt: skip
"""How often a file of each kind is what changes; most of what people write is Python."""

TARGETS = (None, "../outside{0}", ".", "{1}", "/dev/zero", "/etc/passwd", "not_there", "../..")
"""What a link leads to: a pipe, what lies outside, itself, what never ends."""


class Input(Struct, frozen=True):
    """A mutated program, what was done to it, and the command that it is for."""

    name: str
    kind: str
    files: Files
    command: tuple[str, ...]
    links: tuple[Link, ...] = ()


def input_of(seed: int, number: int) -> Input:
    """One input."""
    chance = random.Random(f"{seed}:{number}")  # noqa: S311 (chance, not a secret)
    if chance.random() < MADE:
        return _made(chance)
    [suffix] = chance.choices(list(KINDS), list(KINDS.values()))
    found, weights = _of_kind(suffix)
    [base] = chance.choices(found, weights)
    files = dict(base.files)
    done = []
    for _ in range(chance.choice((1, 1, 2, MOST_MUTATIONS))):
        path = chance.choice(_mutable(base, suffix))
        try:
            name, files[path] = mutated(path, files[path], chance)
        except ValueError as error:  # bytes that an earlier mutation made unreadable
            name = f"not {type(error).__name__}"
        done.append(f"{name} in {path}")
    command = chance.choice(base.commands)
    is_named = any(HERE in word for word in command)  # whoever names a link, or a pipe, wants what is behind it
    links = _links(base, chance) if chance.random() < 1 / 40 and not is_named else ()
    done.extend(f"{link.name} is {link.target}" for link in links)
    return Input(f"{base.name}: {', '.join(done)}", suffix or "ignored", tuple(files.items()), command, links)


def _made(chance: random.Random) -> Input:
    text = program_of(chance).encode("utf-8", "surrogatepass")
    name = "made"
    if chance.random() < 1 / 4:
        done, text = mutated("flow.py", text, chance)
        name = f"made, {done}"
    return Input(name, "made .py", (("flow.py", text),), chance.choice(COMMANDS))


def _links(base: Base, chance: random.Random) -> tuple[Link, ...]:
    name, _ = chance.choice(base.files)
    path = PurePosixPath(name)
    target = chance.choice(TARGETS)
    if target is not None:
        up = "../" * (len(path.parts) - 1) if target.startswith("..") else ""
        target = up + target.format(path.suffix, path.name)
    return (Link(name, target),)


@cache
def _of_kind(suffix: str) -> tuple[list[Base], list[float]]:
    """The bases with such a file; a small one comes more often, because it costs less and shows as much."""
    found = [base for base in bases() if _mutable(base, suffix)]
    return found, [1 / (500 + base.size) ** 2 for base in found]


def _mutable(base: Base, suffix: str) -> list[str]:
    return [path for path in base.mutable if PurePosixPath(path).suffix == suffix]

"""Whether the names and parameters that a front end models are there in an installed release of its framework."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from conformance.asked import parameters
from conformance.checking import FOLDER, Release
from conformance.definitions import Definitions
from wflint.frontends import FRONT_ENDS

LIST: Final = FOLDER / "names.toml"
OURS: Final = (".made", ".*", ".answer", ".registration", "__")
"""Parts of rows that are no names of the framework: what the evaluator itself calls things."""
HOMES: Final = {"google": "google/adk"}


@dataclass(frozen=True, slots=True)
class Names:
    """The modelled names that not all pinned releases have.

    `ours` are names of our own, `nobody` those that neither release has: older names, and methods that a front end
    reads where people call them on the wrong object; `newest` and `older` are those that only one of them has. `homes`
    are the modules to look in for what the rows of parameters name.
    """

    ours: frozenset[str] = frozenset()
    nobody: frozenset[str] = frozenset()
    newest: frozenset[str] = frozenset()
    older: frozenset[str] = frozenset()
    homes: frozenset[str] = frozenset()

    @classmethod
    def of(cls, framework: str) -> Names:
        """What is written down for a framework."""
        with LIST.open("rb") as stream:
            table = tomllib.load(stream).get(framework, {})
        changed = next(end.changed for end in FRONT_ENDS if end.name == framework)
        known = {"newest": changed.new, "older": changed.gone} if changed is not None else {}
        listed = {name: frozenset(table.get(name, ())) for name in table.keys() | known.keys()}
        return cls(**{name: every | frozenset(known.get(name, ())) for name, every in listed.items()})

    def expects(self, name: str, release: Release) -> bool:
        """Whether a release is to have the name, or what it is a part of."""
        others = self.older if release is Release.NEWEST else self.newest
        return not any(each == name or name.startswith(f"{each}.") for each in (*self.nobody, *others))


def modelled(framework: str) -> tuple[str, ...]:
    """The names in the table of a front end, without those that stand for anything."""
    table = next(end.table for end in FRONT_ENDS if end.name == framework)
    rows = {*table.calls, *table.constructors, *table.constants} - Names.of(framework).ours
    return tuple(sorted(name for name in rows if name[0] != "*" and not any(part in name for part in OURS)))


def missing(framework: str, python: str, release: Release) -> Iterator[str]:
    """The modelled names that a release lacks, or has although it should not."""
    there, known = _Installed(framework, python), Names.of(framework)
    for name in modelled(framework):
        if (is_there := there.has(name)) is not None and is_there is not known.expects(name, release):
            yield f"{name} is {'there' if is_there else 'not there'}"


def untaken(framework: str, python: str) -> Iterator[str]:
    """The parameters that a front end asks for and that nothing takes of which it asks for them.

    They may be of older releases, or be asked of everything by what front ends share: this is to be read by people.
    """
    there = _Installed(framework, python)
    asked = parameters(framework, frozenset(modelled(framework)))
    taken = {each for name, every in asked.items() for each in every if there.takes(name, each)}
    for name, parameter in _pairs(asked):
        if there.has(name) and parameter not in taken:
            yield f"{name} takes no {parameter}"


def _pairs(asked: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    for name in sorted(asked):
        yield from ((name, parameter) for parameter in sorted(asked[name]))


def _within(folder: Path, name: str) -> str:
    """A dotted name without the modules of a package that it begins with."""
    first, _, rest = name.partition(".")
    inner = folder / first
    is_module = inner.is_dir() or inner.with_suffix(".py").is_file()
    return _within(inner, rest) if rest and is_module else name


class _Installed:
    """What the packages of a framework define in an environment."""

    def __init__(self, framework: str, python: str) -> None:
        told = subprocess.run(  # noqa: S603 (the Python of the framework)
            [python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"],
            capture_output=True,
            text=True,
            check=True,
        )
        packages = Path(told.stdout.strip())
        table = next(end.table for end in FRONT_ENDS if end.name == framework)
        roots = {*table.roots, *table.shadowable_roots}
        self._folders = {root: packages / HOMES.get(root, root) for root in sorted(roots)}
        self._definitions = Definitions([folder for folder in self._folders.values() if folder.is_dir()])

    def has(self, name: str) -> bool | None:
        """Whether a modelled name is there; None where its package is not installed."""
        root, _, rest = name.partition(".")
        folder = self._folders.get(root)
        if folder is None or not folder.is_dir():
            return None
        return self._definitions.find(_within(folder, rest)) is not None

    def takes(self, name: str, parameter: str) -> bool:
        """Whether a call of a modelled name may be given the parameter."""
        return bool(self.has(name)) and self._definitions.accepts(name.partition(".")[2], parameter)

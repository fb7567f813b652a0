"""Which packages a repository publishes, by what its `pyproject.toml` says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec
from msgspec import Struct

from wflint.source.module_names import parts_of

_APART: Final = re.compile(r"[-_.]+")
_ANYBODYS: Final = frozenset(
    """agent agents api app apps backend client common config core frontend graph graphs lib main models scripts server
    service services shared src tools utils workflows""".split()  # noqa: SIM905 (a list of words)
)
"""Names of packages that say nothing about whose they are."""


class _Include(Struct, frozen=True):
    include: str = ""


class _Wheel(Struct, frozen=True):
    packages: tuple[str, ...] = ()


class _Targets(Struct, frozen=True):
    wheel: _Wheel = _Wheel()


class _Build(Struct, frozen=True):
    targets: _Targets = _Targets()


class _Hatch(Struct, frozen=True):
    build: _Build = _Build()


class _Setuptools(Struct, frozen=True):
    packages: tuple[str, ...] | dict[str, object] = ()


class _Poetry(Struct, frozen=True):
    name: str = ""
    packages: tuple[_Include, ...] = ()


class _Tool(Struct, frozen=True):
    setuptools: _Setuptools = _Setuptools()
    hatch: _Hatch = _Hatch()
    poetry: _Poetry = _Poetry()


class _Project(Struct, frozen=True):
    name: str = ""


class _Pyproject(Struct, frozen=True):
    project: _Project = _Project()
    tool: _Tool = _Tool()


def packages(root: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """The names that others import the repository's code by: folders that it publishes.

    These go by the name of the project, or are listed; a listed one with a name that anybody has is left out.
    """
    found = _read(root)
    if found is None:
        return ()
    name = _APART.sub("_", found.project.name or found.tool.poetry.name).casefold()
    listed = {each for each in _listed(found.tool) if each.casefold() not in _ANYBODYS}
    tops = {parts[1 if parts[0] == "src" and len(parts) > 1 else 0] for path in paths if (parts := parts_of(path))}
    return tuple(sorted(top for top in tops if top in listed or _goes_by(top.casefold(), name)))


def _goes_by(top: str, name: str) -> bool:
    return bool(name) and (top == name or top.startswith(f"{name}_"))


def _listed(tool: _Tool) -> Iterator[str]:
    """The first part of each package that is listed for a tool that builds."""
    if isinstance(tool.setuptools.packages, tuple):
        yield from (each.partition(".")[0] for each in tool.setuptools.packages)
    yield from (PurePosixPath(each).name for each in tool.hatch.build.targets.wheel.packages)
    yield from (PurePosixPath(each.include).parts[0] for each in tool.poetry.packages if each.include.strip("/"))


def _read(root: Path) -> _Pyproject | None:
    """What is written there; None where it is not to be read."""
    try:
        with (root / "pyproject.toml").open("rb") as stream:
            return msgspec.convert(tomllib.load(stream), _Pyproject)
    except (OSError, ValueError, RecursionError):
        return None

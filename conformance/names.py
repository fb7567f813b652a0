"""Whether the names and parameters that a front end models are there in an installed release of its framework."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from conformance.checking import FOLDER, NO_CACHE, Release, programs
from conformance.definitions import Definitions
from wflint.audit import Request, survey
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.library import CallSite
from wflint.evaluate.values import Arguments, Object, Value
from wflint.frontends import FRONT_ENDS

FIXTURES = FOLDER.parent / "fixtures"
OURS = (".made", ".*", ".answer", ".registration", "__")
"""Parts of rows that are no names of the framework: what the evaluator itself calls things."""
Asked = dict[str, set[str]]


def modelled(framework: str) -> tuple[str, ...]:
    """The names in the table of a front end, without those that stand for anything."""
    table = next(end.table for end in FRONT_ENDS if end.name == framework)
    rows = {*table.calls, *table.constructors, *table.constants}
    return tuple(sorted(name for name in rows if name[0] != "*" and not any(part in name for part in OURS)))


def missing(framework: str, python: str, release: Release) -> Iterator[str]:
    """The modelled names that a release lacks, and the parameters that nothing in it takes."""
    packages = _site_packages(python)
    known = _known(framework)
    seen: dict[str, Definitions] = {}
    for name in modelled(framework):
        if (there := _defined(name, packages, seen)) is None:
            continue
        is_there, is_expected = there.find(name.partition(".")[2]) is not None, release in known.get(name, (*Release,))
        if is_there is not is_expected:
            yield f"{name} is {'there' if is_there else 'not there'}"
    asked = parameters(framework)
    fitting = {
        parameter for name, every in asked.items() for parameter in every if _takes(name, parameter, packages, seen)
    }
    for name, every in sorted(asked.items()):
        if _defined(name, packages, seen) is not None:
            wrong = (each for each in sorted(every - fitting) if release in known.get(f"{name}({each})", (*Release,)))
            yield from (f"{name} takes no {parameter}" for parameter in wrong)


def _takes(name: str, parameter: str, packages: Path, seen: dict[str, Definitions]) -> bool:
    there = _defined(name, packages, seen)
    return there is not None and there.accepts(name.partition(".")[2], parameter)


def _known(framework: str) -> dict[str, tuple[Release, ...]]:
    """The names that not all pinned releases have, with those that do."""
    with (FOLDER / "names.toml").open("rb") as stream:
        table = tomllib.load(stream).get(framework, {})
    return {name: tuple(map(Release, releases)) for name, releases in table.items()}


def _site_packages(python: str) -> Path:
    told = subprocess.run(  # noqa: S603 (the Python of the framework)
        [python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"],
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(told.stdout.strip())


def _defined(name: str, packages: Path, seen: dict[str, Definitions]) -> Definitions | None:
    """What the root of a dotted name defines; None where it is not installed."""
    root = name.partition(".")[0]
    homes = {"google": "google/adk"}
    folder = packages / homes.get(root, root)
    if not folder.is_dir():
        return None
    if root not in seen:
        seen[root] = Definitions([folder])
    return seen[root]


def parameters(framework: str) -> Asked:
    """The parameters that a front end asks for while it reads its fixtures and programs, by what takes them."""
    paths: dict[int, tuple[Arguments, str]] = {}
    asked: dict[int, tuple[Arguments, set[str]]] = {}
    direct: Asked = {}
    get, call, make, record = Arguments.get, CallSite.get, Interpreter.object_of, Interpreter.record_call

    def get_argument(self: Arguments, name: str, position: int | None = None) -> Value | None:
        asked.setdefault(id(self), (self, set()))[1].add(name)
        return get(self, name, position)

    def get_of_call(self: CallSite, name: str, position: int | None = None) -> Value | None:
        direct.setdefault(self.path, set()).add(name)
        return call(self, name, position)

    def object_of(self: Interpreter, path: str | None, arguments: Arguments, *others: object) -> Object:
        if path is not None:
            paths[id(arguments)] = (arguments, path)
        return make(self, path, arguments, *others)  # type: ignore[arg-type]  # whatever follows

    def record_call(self: Interpreter, subject: Value, path: str, arguments: Arguments, *others: object) -> None:
        paths[id(arguments)] = (arguments, path)
        return record(self, subject, path, arguments, *others)  # type: ignore[arg-type]  # whatever follows

    with (
        patch.object(Arguments, "get", get_argument),
        patch.object(CallSite, "get", get_of_call),
        patch.object(Interpreter, "object_of", object_of),
        patch.object(Interpreter, "record_call", record_call),
    ):
        folder = FIXTURES / framework
        survey(Request(folder, (folder,), cache=NO_CACHE))
        for program in programs(framework):
            survey(Request(program.path.parent, (program.path,), cache=NO_CACHE))
            break
    for number, (_, names) in asked.items():
        if number in paths:
            direct.setdefault(paths[number][1], set()).update(names)
    known = set(modelled(framework))
    return {name: {each for each in names if each.isidentifier()} for name, names in direct.items() if name in known}

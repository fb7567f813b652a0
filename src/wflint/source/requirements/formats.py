"""The kinds of files that say which releases a project takes, each read into packages with ranges.

A lock names one release of each package and goes before what only asks for some. What is no such file raises
`ValueError` or `UnreadableSource`.
"""

from __future__ import annotations

import configparser
import json
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Final

from packaging.utils import canonicalize_name

from wflint.config import parse_toml
from wflint.config.specifiers import Found, constraint, requirement, version
from wflint.model.patterns import pattern
from wflint.source.yaml import Listing, Node, Scalar, Table, parse

Reader = Callable[[str], Iterator[Found]]

_PACKAGE = pattern(r'\[\[package\]\]\r?\nname = "([^"]+)"\r?\nversion = "([^"]+)"')
"""It begins with a text, and no place in a line, because a search for a text takes a tenth of the time."""
_COMMENT = pattern(r"(?:^|\s)#.*")
_CONDA = pattern(r"^([\w.-]+)=([\w.*]+)(?:=\w+)?$")


def reader_of(path: str) -> Reader:
    """How a file is read that says which releases a project takes."""
    return _READERS.get(PurePosixPath(path).name, _lines)


def _lines(text: str) -> Iterator[Found]:
    """A line each; options, addresses and hashes are left out."""
    for line in text.replace("\\\n", " ").splitlines():
        wanted = _COMMENT.sub("", line).partition(" --")[0].strip()
        if wanted and not wanted.startswith("-") and (found := requirement(wanted)) is not None:
            yield found


def _mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _texts(value: object) -> Iterator[str]:
    yield from (item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _pyproject(text: str) -> Iterator[Found]:
    whole = parse_toml(text)
    project, tools = _mapping(whole.get("project")), _mapping(whole.get("tool"))
    groups = (
        *_mapping(project.get("optional-dependencies")).values(),
        *_mapping(whole.get("dependency-groups")).values(),
    )
    for group in (project.get("dependencies"), *groups):
        yield from (found for line in _texts(group) if (found := requirement(line)) is not None)
    poetry = _mapping(tools.get("poetry"))
    inner = (_mapping(_mapping(group).get("dependencies")) for group in _mapping(poetry.get("group")).values())
    for table in (_mapping(poetry.get("dependencies")), *inner):
        yield from _entries(table)


def _entries(table: dict[str, object]) -> Iterator[Found]:
    """Names with conditions, alone or in a table of their own."""
    for name, given in table.items():
        text = _mapping(given).get("version", "*") if isinstance(given, dict) else given
        ranges = constraint(text) if isinstance(text, str) else None
        if ranges is not None:
            yield canonicalize_name(name), ranges


def _pipfile(text: str) -> Iterator[Found]:
    whole = parse_toml(text)
    for section in ("packages", "dev-packages"):
        yield from _entries(_mapping(whole.get(section)))


def _locked(text: str) -> Iterator[Found]:
    """What uv and Poetry write; both always begin an entry with its name and its version."""
    for found in _PACKAGE.finditer(text):
        release = version(found[2])
        if release is not None:
            yield canonicalize_name(found[1]), release
    if "[[package]]" not in text:
        parse_toml(text)


def _pipfile_lock(text: str) -> Iterator[Found]:
    try:
        whole = _mapping(json.loads(text))
    except RecursionError as error:
        raise ValueError("it nests too deeply") from error
    for section in ("default", "develop"):
        yield from _entries(_mapping(whole.get(section)))


def _environment(text: str) -> Iterator[Found]:
    """What conda installs itself, and what it has pip install."""
    for line in _dependencies(parse(text)):
        if (found := requirement(_CONDA.sub(r"\1==\2", line))) is not None:
            yield found


def _dependencies(node: Node | None) -> Iterator[str]:
    """The texts in lists that are called `dependencies` or `pip`."""
    pairs = node.pairs if isinstance(node, Table) else ()
    listed = [pair.value for pair in pairs if pair.key.value in ("dependencies", "pip")]
    for item in (item for each in listed if isinstance(each, Listing) for item in each.items):
        if isinstance(item, Scalar):
            yield str(item.value)
        else:
            yield from _dependencies(item)


def _setup(text: str) -> Iterator[Found]:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise ValueError(str(error).splitlines()[0]) from error
    extras = parser.options("options.extras_require") if parser.has_section("options.extras_require") else []
    for section, key in (("options", "install_requires"), *(("options.extras_require", key) for key in extras)):
        if parser.has_option(section, key):
            yield from _lines(parser.get(section, key))


_READERS: Final[dict[str, Reader]] = {
    "pyproject.toml": _pyproject,
    "uv.lock": _locked,
    "poetry.lock": _locked,
    "Pipfile": _pipfile,
    "Pipfile.lock": _pipfile_lock,
    "environment.yml": _environment,
    "environment.yaml": _environment,
    "setup.cfg": _setup,
}

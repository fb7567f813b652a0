"""Docstrings fall into sections: what each parameter or attribute is, and what comes back.

Three ways of writing them are read: Google (`Args:`), NumPy (a heading underlined with dashes) and Sphinx
(`:param x:`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache


class Section(StrEnum):
    """What a part of a docstring speaks of."""

    PARAMETERS = "parameters"
    """What goes in."""
    ATTRIBUTES = "attributes"
    """What objects of a class have."""
    RETURNS = "returns"
    """What comes back."""
    OTHER = "other"
    """Anything else that has a heading of its own."""


@dataclass(frozen=True, slots=True)
class Described:
    """A parameter, an attribute or what is returned, and what is said of it; `parts` are what it is said to hold."""

    name: str
    text: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Docstring:
    """What a docstring tells of its subject, apart from what it says in general."""

    parameters: tuple[Described, ...] = ()
    attributes: tuple[Described, ...] = ()
    returns: Described | None = None

    def about(self, name: str) -> str:
        """What is said of a parameter or an attribute, empty where nothing is."""
        return next((one.text for one in (*self.parameters, *self.attributes) if one.name == name), "")


_TITLES = {
    **dict.fromkeys(("args", "arguments", "parameters", "params", "keyword args", "inputs"), Section.PARAMETERS),
    **dict.fromkeys(("attributes", "fields"), Section.ATTRIBUTES),
    **dict.fromkeys(("returns", "return", "yields", "outputs"), Section.RETURNS),
    **dict.fromkeys(
        ("raises", "example", "examples", "note", "notes", "warning", "warnings", "see also", "references", "todo"),
        Section.OTHER,
    ),
}
_MARKED = re.compile(
    r"(?im)^[ \t]*(?:(?:args|arguments|param\w*|inputs|attributes|fields|returns?|yields|outputs)[ \t]*(?::|\n)|:\w+)"
)
"""Whether there can be any section at all."""
_FIELD = re.compile(r":(?P<kind>param|parameter|arg|argument|key|ivar|var|cvar|returns?|\w+)\b(?P<rest>[^:]*):\s?")
_SPHINX = {
    **dict.fromkeys(("param", "parameter", "arg", "argument", "key"), Section.PARAMETERS),
    **dict.fromkeys(("ivar", "var", "cvar"), Section.ATTRIBUTES),
    **dict.fromkeys(("return", "returns"), Section.RETURNS),
}
_ENTRY = re.compile(r"[*`]*(?P<name>\*{0,2}[A-Za-z_]\w*)[*`]*\s*(?:\([^)]*\)|\[[^\]]*\])?\s*:\s*(?P<text>.*)")
_LISTED = re.compile(r"[-*•]\s+")
_TYPED = re.compile(
    r"(?:[A-Za-z_][\w.]*\s*)?(?:\([^)]*\)|\[[^\]]*\])\s*:\s*|"
    r"(?:str|int|float|bool|list|dict|tuple|set|None|Any|Dict|List|Optional|Union|[A-Z]\w+(?:State|Update|Command|Result))"
    r"(?:\[.*?\])?\s*:\s*"
)
"""The type that stands before what is returned."""


@lru_cache(maxsize=4096)
def read_docstring(text: str) -> Docstring:
    """The sections of a docstring whose indentation is taken off."""
    if _MARKED.search(text) is None:
        return Docstring()
    returned: list[str] = []
    named: dict[Section, list[Described]] = {}
    for section, name, lines in _blocks(text.splitlines()):
        if name:
            named.setdefault(section, []).append(_described(name, lines))
        elif section is Section.RETURNS:
            returned += lines
        else:
            named.setdefault(section, []).extend(_entries(lines))
    return Docstring(
        tuple(named.get(Section.PARAMETERS, ())),
        tuple(named.get(Section.ATTRIBUTES, ())),
        _returned(returned),
    )


def _returned(lines: list[str]) -> Described | None:
    found = _described("", lines)
    text = _TYPED.sub("", found.text, count=1) if _TYPED.match(found.text) else found.text
    return replace(found, text=text) if text else None


def _blocks(lines: list[str]) -> Iterator[tuple[Section, str, list[str]]]:
    """Each section with its lines; one of Sphinx's fields has a name of its own."""
    at = 0
    while at < len(lines):
        line, below = lines[at], lines[at + 1] if at + 1 < len(lines) else ""
        indent = _indent(line)
        field = _FIELD.match(line.strip())
        if field is not None and field["kind"] in _SPHINX:
            end = _end(lines, at + 1, indent)
            section, name = _SPHINX[field["kind"]], field["rest"].split()[-1:] or [""]
            yield (
                section,
                "" if section is Section.RETURNS else name[0],
                [line.strip()[field.end() :], *lines[at + 1 : end]],
            )
        elif (title := _title(line)) is not None and below.strip() and set(below.strip()) == {"-"}:
            end = next((n for n in range(at + 2, len(lines)) if _underlined(lines, n)), len(lines))
            yield title, "", _plain(title, lines[at + 2 : end])
        elif title is not None and line.rstrip().endswith(":"):
            end = _end(lines, at + 1, indent)
            yield title, "", lines[at + 1 : end]
        else:
            end = at + 1
        at = end


def _title(line: str) -> Section | None:
    return _TITLES.get(line.strip().rstrip(":").strip("*").lower())


def _underlined(lines: list[str], at: int) -> bool:
    return at + 1 < len(lines) and bool(lines[at].strip()) and set(lines[at + 1].strip()) == {"-"}


def _end(lines: list[str], at: int, indent: int) -> int:
    """Where a block ends: at the first line that is not further in."""
    while at < len(lines) and (not lines[at].strip() or _indent(lines[at]) > indent):
        at += 1
    return at


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _plain(section: Section, lines: list[str]) -> list[str]:
    """NumPy's entries as Google writes them: `name : type` over an indented text, or a type over what is returned."""
    heads = [line for line in lines if line.strip() and not _indent(line)]
    if section is Section.RETURNS:
        indented = [line for line in lines if _indent(line)]
        return indented or lines
    merged = []
    for line in lines:
        if line in heads:
            names = line.partition(":")[0].split(",")
            merged.append(f"{names[0].strip()}:")
        else:
            merged.append(line)
    return merged


def _entries(lines: Iterable[str]) -> Iterator[Described]:
    """`name (type): text` at the first depth, with the deeper lines below."""
    depth: int | None = None
    name, text = "", list[str]()
    for line in lines:
        if not line.strip():
            continue
        depth = _indent(line) if depth is None else depth
        entry = _ENTRY.match(_bare(line)) if _indent(line) <= depth else None
        if entry is None:
            text.append(line)
            continue
        if name:
            yield _described(name, text)
        name, text = entry["name"].lstrip("*"), [entry["text"]]
    if name:
        yield _described(name, text)


def _bare(line: str) -> str:
    """The line without what marks it as an item of a list."""
    return _LISTED.sub("", line.strip(), count=1) if _LISTED.match(line.strip()) else line.strip()


def _described(name: str, lines: list[str]) -> Described:
    parts = (_ENTRY.match(_bare(line)) for line in lines[1:])
    named = dict.fromkeys(part["name"] for part in parts if part is not None)
    return Described(name, " ".join(" ".join(map(_bare, lines)).split()), tuple(named))

"""Docstrings fall into sections: what each parameter or attribute is, and what comes back.

Google's way of writing them is read (`Args:`), NumPy's (a heading underlined with dashes) and Sphinx's (`:param x:`).
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from wflint.model.patterns import pattern


class Described(Struct, frozen=True):
    """A parameter, an attribute or what is returned, and what is said of it; `parts` are what it is said to hold."""

    name: str
    text: str
    parts: tuple[str, ...] = ()


class Docstring(Struct, frozen=True):
    """What a docstring tells of its subject, apart from what it says in general."""

    parameters: tuple[Described, ...] = ()
    attributes: tuple[Described, ...] = ()
    returns: Described | None = None

    def about(self, name: str) -> str:
        """What is said of a parameter or an attribute, empty where nothing is."""
        return next((one.text for one in (*self.parameters, *self.attributes) if one.name == name), "")


_MARKED = pattern(r"(?im)^[ \t]*(?:(?:args|arguments|param\w*|attributes|returns?|yields)[ \t]*(?::|\n)|:\w+)")
"""Whether there can be any section at all: most docstrings need no closer look."""
_LISTED = pattern(r"[-*•]\s+")
_ENTRY = pattern(r"[*`]*(?P<name>[A-Za-z_]\w*)[*`]*\s*(?:\([^)]*\)|\[[^\]]*\])?\s*:\s")


@lru_cache(maxsize=4096)
def read_docstring(text: str) -> Docstring:
    """The sections of a docstring; none where it has none, or where they cannot be told."""
    if _MARKED.search(text) is None:
        return Docstring()
    from docstring_parser import ParseError, parse

    try:
        found = parse(text)
    except ParseError:
        return Docstring()
    named = [(param.args[0], _described(param.arg_name, param.description)) for param in found.params]
    returned = _described("", found.returns.description) if found.returns is not None else None
    return Docstring(
        tuple(one for section, one in named if section != "attribute"),
        tuple(one for section, one in named if section == "attribute"),
        returned if returned is not None and returned.text else None,
    )


def _described(name: str, text: str | None) -> Described:
    lines = [_LISTED.sub("", line.strip(), count=1) for line in (text or "").splitlines()]
    parts = (_ENTRY.match(line) for line in lines[1:])
    held = dict.fromkeys(part["name"] for part in parts if part is not None)
    return Described(name.lstrip("*"), " ".join(" ".join(lines).split()), tuple(held))

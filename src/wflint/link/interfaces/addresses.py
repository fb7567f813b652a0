"""Addresses of the web: what host they name, as far as it is known, and what route."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from wflint.link.interfaces.texts import HOLE

_FULL: Final = re.compile(r"(?:https?|wss?)://([^/\s?#]*)([^\s?#]*)", re.IGNORECASE)
_HOLE: Final = re.compile(f"{HOLE}[^{HOLE}]*{HOLE}")
_FIELD: Final = re.compile(r"\{[^{}/]*\}|<[^<>/]*>|:[A-Za-z_]\w*")
_SECRET: Final = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[\w.~%+=-]{16,}|.{60,}")
"""A part of a route that may be somebody's key: it is no name, and must not get into a summary."""
_SLASHES: Final = re.compile("/{2,}")
PARAMETER: Final = "{}"
"""Stands for a part of a route that differs from call to call."""


class Address(Struct, frozen=True):
    """A host (empty where it is not known) and a route."""

    host: str
    route: str


def address_of(text: str) -> Address | None:
    """The address in a text; None where its route is not known."""
    full = _FULL.match(text)
    if full is not None:
        host = "" if HOLE in full[1] else full[1].rpartition("@")[2].lower()
        return Address(host, route_of(full[2]))
    opening = _HOLE.match(text)
    rest = text[opening.end() :] if opening is not None else text
    return Address("", route_of(rest)) if rest.startswith("/") else None


def route_of(path: str) -> str:
    """A route with one spelling for what differs from call to call."""
    bare = path.partition("?")[0].partition("#")[0]
    parts = [_FIELD.sub(PARAMETER, _HOLE.sub(PARAMETER, part)) for part in _SLASHES.sub("/", bare).split("/")]
    return "/" + "/".join(PARAMETER if PARAMETER in part or _SECRET.fullmatch(part) else part for part in parts if part)

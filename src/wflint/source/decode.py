"""From the bytes of a file to its text."""

from __future__ import annotations

import codecs
from typing import Final

from wflint.errors import UnreadableSource
from wflint.model.patterns import pattern

_COOKIE: Final = pattern(rb"[ \t\f]*#.*?coding[:=][ \t]*(?P<name>[-\w.]+)")
_NOTHING: Final = pattern(rb"[ \t\f]*(?:#.*)?")
_LINE: Final = pattern(rb"\r\n?|\n")


def load(data: bytes) -> str:
    """The text as Python reads it (PEP 263), without a byte order mark and with its line ends as they are.

    Raises `UnreadableSource` where the bytes do not fit their encoding, or the encoding is unknown.
    """
    marked = data.startswith(codecs.BOM_UTF8)
    if marked:
        data = data[len(codecs.BOM_UTF8) :]
    name, line = _declared(data)
    if marked and name.replace("_", "-").lower() not in {"utf-8", "utf8"}:
        raise UnreadableSource(f"a UTF-8 byte order mark, but {name} declared", line)
    try:
        return data.decode(name)
    except LookupError as error:
        raise UnreadableSource(f"unknown encoding: {name}", line) from error
    except UnicodeDecodeError as error:
        where = len(_LINE.findall(data, 0, error.start)) + 1
        raise UnreadableSource(f"not {name}: {error.reason}", where) from error
    except UnicodeError as error:
        raise UnreadableSource(f"not {name}", line) from error


def _declared(data: bytes) -> tuple[str, int]:
    """The encoding that one of the first two lines declares, and which one."""
    for number, line in enumerate(_LINE.split(data[:4096], maxsplit=2)[:2], start=1):
        cookie = _COOKIE.match(line)
        if cookie is not None:
            return cookie["name"].decode("ascii", "replace"), number
        if _NOTHING.fullmatch(line) is None:
            break
    return "utf-8", 1

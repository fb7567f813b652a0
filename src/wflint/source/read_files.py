"""Files that are no sources but that code may read as it runs: its prompts, its templates, its configuration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path, PurePath
from typing import Final

from wflint.errors import UnreadableSource

PROSE: Final = frozenset(
    {
        ".md", ".mdx", ".mdc", ".txt", ".rst", ".j2", ".jinja", ".jinja2", ".prompt", ".tmpl", ".tpl", ".template",
        ".mustache", ".hbs",
    }
)  # fmt: skip
"""How files end that hold one text."""
SUFFIXES: Final = PROSE | {".prompty", ".xml", ".yaml", ".yml", ".json", ".jsonc", ".toml"}
"""How such files end."""
LONGEST: Final = 400_000
"""Bytes; nobody writes a longer one by hand."""
_ENCODINGS: Final = {"utf-8": "utf-8", "utf8": "utf-8", "utf-8-sig": "utf-8", "ascii": "utf-8", "latin-1": "latin-1"}
_MARK: Final = "\ufeff"


def may_be_read(path: PurePath) -> bool:
    """Whether a file is one that code may read as text."""
    return path.suffix in SUFFIXES


class ReadFiles:
    """What the walk came by below a root, by the name that the output uses, those apart that are left out.

    Nothing is asked about a file before somebody wants it: most are never wanted.
    """

    def __init__(
        self, root: Path = Path(), places: Sequence[Path] = (), is_left_out: Callable[[Path, str], bool] | None = None
    ) -> None:
        self._root = root
        self._candidates = tuple(places)
        self._is_left_out = is_left_out

    def place(self, path: str) -> Path | None:
        """Where a file is; None where there is none of that name."""
        found = self._places.get(path)
        if found is None or (self._is_left_out is not None and self._is_left_out(found, path)):
            return None
        return found

    def names(self, folder: str) -> tuple[str, ...]:
        """The names of the files in a folder, sorted."""
        return tuple(sorted(self._folders.get(folder, ())))

    @cached_property
    def _places(self) -> dict[str, Path]:
        begin = len(self._root.as_posix().rstrip("/")) + 1
        return {place.as_posix()[begin:]: place for place in self._candidates}

    @cached_property
    def _folders(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self._places:
            folder, _, name = path.rpartition("/")
            found.setdefault(folder, []).append(name)
        return found


def text_in(data: bytes, encoding: str = "utf-8") -> str | None:
    """The text of a file as Python reads it, with plain line ends; None where it is none, or longer than anybody's.

    Raises `UnreadableSource` where the bytes do not fit the encoding.
    """
    known = _ENCODINGS.get(encoding.lower().replace("_", "-"))
    if known is None or len(data) > LONGEST or b"\0" in data:
        return None
    try:
        text = data.decode(known)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableSource(f"not {known}: what code reads here is not known", line) from error
    return text.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")

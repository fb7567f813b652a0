"""Which files are worth parsing: those that import something a front end knows, told from their bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from wflint.source.forms import Form


class _Spelling(Struct, frozen=True):
    """How lines are spelt in the bytes of a file: what begins one, what is blank in it, and any part of one."""

    starts: tuple[bytes, ...]
    blank: bytes
    any: bytes

    def import_line(self, name: bytes) -> bytes:
        """An import line up to a name in it."""
        some, none = self.blank + rb"+", self.blank + rb"*+"
        block = rb"(?:(?:try|else|finally|(?:if|with)" + self.any + rb"*?)" + none + rb":" + none + rb")?"
        return none + block + rb"(?:lazy" + some + rb")?(?:from|import)" + self.blank + self.any + rb"*?" + name


_SPELLINGS: Final = {
    Form.MODULE: _Spelling((rb"\n",), rb"[ \t\f]", rb"[^\n]"),
    # A line in JSON begins with the string that it is in, or behind an escaped line end.
    Form.NOTEBOOK: _Spelling((rb'"', rb"\\n"), rb"(?:[ ]|\\t)", rb'(?:[^\n"\\]|\\[^n])'),
}


class ImportPrefilter:
    """Names to look for in the import lines of files.

    Only import lines are looked at: a pattern that begins with a line end skips from line to line in native code,
    five times as fast as searching the whole text for a dozen names.
    """

    __slots__ = ("_anywhere", "_first", "_name")

    def __init__(self, names: Sequence[bytes], *, leading: bool = False) -> None:
        """With `leading`, only what a dotted name begins with counts: not the `b` of `a.b` or `.b`."""
        either = rb"|".join(map(re.escape, names)) if names else rb"(?!)"
        name = (rb"(?<![\w.])" if leading else rb"\b") + rb"(?:" + either + rb")\b"
        self._name = name
        self._first = re.compile(rb"(?:\xef\xbb\xbf)?" + _SPELLINGS[Form.MODULE].import_line(name))
        self._anywhere: dict[Form, tuple[re.Pattern[bytes], ...]] = {}

    def mentioned(self, data: bytes, form: Form = Form.MODULE) -> bool:
        """Whether an import line of the file holds one of the names."""
        if form is Form.MODULE and self._first.match(data) is not None:
            return True
        return any(pattern.search(data) is not None for pattern in self._patterns(form))

    def _patterns(self, form: Form) -> tuple[re.Pattern[bytes], ...]:
        """One pattern for each beginning: alternatives would be tried at every byte of a picture."""
        if form not in self._anywhere:
            spelling = _SPELLINGS[form]
            line = spelling.import_line(self._name)
            self._anywhere[form] = tuple(re.compile(start + line) for start in spelling.starts)
        return self._anywhere[form]


def mentions(data: bytes, names: Sequence[bytes]) -> bool:
    """Whether an import line of the file holds one of the names; for one file, where `ImportPrefilter` is for many."""
    return ImportPrefilter(names).mentioned(data)


class Marks(Struct, frozen=True):
    """What tells documents of a kind from others before they are parsed.

    Each of `lines` begins a line of theirs, each of `words` stands anywhere in them; `names` are what they are called,
    none where they go by any name.
    """

    lines: tuple[bytes, ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[bytes, ...] = ()

    def admit(self, path: str) -> bool:
        """Whether a document of this kind may be called so."""
        return not self.names or path.rpartition("/")[2] in self.names

    def found(self, data: bytes) -> bool:
        """Whether a document is of this kind, as far as its bytes tell."""
        text = data.removeprefix(b"\xef\xbb\xbf")
        begun = all(text.startswith(line) or b"\n" + line in text for line in self.lines)
        return begun and all(word in text for word in self.words)

"""Regular expressions that are compiled when they are first used: most runs use few of them."""

from __future__ import annotations

import re
from typing import AnyStr, Generic, cast


def pattern(written: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, made later."""
    return cast("re.Pattern[AnyStr]", _Pattern(written, flags))


class _Pattern(Generic[AnyStr]):
    """Takes each attribute from the compiled expression once, then has it itself: no use but the first costs more."""

    def __init__(self, written: AnyStr, flags: int) -> None:
        self._written: AnyStr = written
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        found: object = getattr(re.compile(self._written, self._flags), name)
        setattr(self, name, found)
        return found

"""The names by which front ends tell files: what a run needs of them where nothing is evaluated."""

from __future__ import annotations

from functools import cached_property
from typing import Final

import msgspec
from msgspec import Struct

from wflint.recovery.front_ends import FrontEnds
from wflint.source.cache import Cache, decoded, key_of
from wflint.source.import_prefilter import ImportPrefilter

_KIND: Final = "names-1"
"""The number goes up when a front end looks for other names."""


class KnownNames(Struct, frozen=True, array_like=True, dict=True):
    """The modules whose import says that a file may build workflows, or that it asks models; the linker's libraries."""

    modules: tuple[str, ...]
    asked_alone: tuple[str, ...]
    roots: frozenset[str]
    shadowable_roots: dict[str, frozenset[str]]

    @classmethod
    def of(cls, front_ends: FrontEnds, cache: Cache) -> KnownNames:
        """Those of some front ends; loading them takes longer than reading what is kept of them."""
        key = key_of(_KIND, front_ends.key.encode("utf-8", "surrogateescape"))
        known = decoded(cache.read(key), msgspec.json.Decoder(cls))
        if known is None:
            table = front_ends.table
            known = cls(
                tuple(name for end in front_ends.all for name in end.modules),
                tuple(name for end in front_ends.all for name in end.asked_alone),
                table.roots,
                dict(table.shadowable_roots),
            )
            cache.write(key, msgspec.json.encode(known))
        return known

    @cached_property
    def building(self) -> ImportPrefilter:
        """Finds the files that import a framework."""
        return ImportPrefilter(tuple(map(str.encode, self.modules)), leading=True)

    @cached_property
    def asking(self) -> ImportPrefilter:
        """Finds the files that import models that may come with one."""
        return ImportPrefilter(tuple(map(str.encode, self.asked_alone)), leading=True)

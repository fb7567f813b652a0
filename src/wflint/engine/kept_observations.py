"""What the rules saw in a program, kept for the next run over the same one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from wflint.model.finding import Observation
from wflint.model.packing import digestible
from wflint.model.program import Program
from wflint.source.cache import Cache, decoded, key_of

_KIND: Final = "observations-43"
"""The number goes up when a rule, an analysis or the matcher sees something else in the same program."""


class KeptObservation(Struct, frozen=True, array_like=True):
    """An observation of a rule; `workflow` is the id of the one that it looked at, None where it looked at all."""

    rule: str
    workflow: str | None
    observation: Observation


class Kept(Struct, frozen=True, array_like=True):
    """What so many `rules` saw."""

    rules: int
    seen: tuple[KeptObservation, ...]


_MEMORY: Final = "matches-2"
"""The number goes up when the matcher, or what compares steps by it, comes to another judgement."""


class KeptObservations(Struct, frozen=True):
    """The observations of one program under one set of rules and settings, which the key is made of."""

    cache: Cache
    key: bytes

    @classmethod
    def of(cls, cache: Cache, program: Program, rules: Iterable[str], settings: str) -> KeptObservations:
        """Those of the active `rules`; `settings` are all others that they depend on."""
        head = "\0".join((settings, *sorted(rules))).encode("utf-8", "surrogateescape")
        return cls(cache, key_of(_KIND, head + b"\0" + digestible(program.workflows, replace(program, workflows=()))))

    def read(self) -> Kept | None:
        """What was kept, None where nothing was."""
        return decoded(self.cache.read(self.key), msgspec.json.Decoder(Kept))

    def write(self, kept: Kept) -> None:
        """Keep them."""
        self.cache.write(self.key, msgspec.json.encode(kept))


class CachedMemory(Struct, frozen=True):
    """What analyses have worked out with the default matcher, in the cache."""

    cache: Cache

    def recall(self, content: bytes) -> bytes | None:
        """What was worked out from this content."""
        return self.cache.read(key_of(_MEMORY, content))

    def keep(self, content: bytes, value: bytes) -> None:
        """Keep what was worked out from it."""
        self.cache.write(key_of(_MEMORY, content), value)

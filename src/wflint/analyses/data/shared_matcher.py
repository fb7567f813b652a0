"""The matcher that all analyses of a run share, and what runs before have worked out with it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from wflint.matching.encoders import DEFAULT

if TYPE_CHECKING:
    from wflint.matching.matcher import Matcher


class Memory(Protocol):
    """What was worked out in runs before, by everything that it was worked out from."""

    def recall(self, content: bytes) -> bytes | None: ...

    def keep(self, content: bytes, value: bytes) -> None: ...


class SharedMatcher:
    """The matcher of a whole run, loaded when somebody first asks: most runs never do."""

    def __init__(self, encoder: str = DEFAULT, memory: Memory | None = None) -> None:
        self.encoder = encoder
        self.memory = memory

    def loaded(self) -> SharedMatcher:
        """The same, with the encoder loaded now."""
        self.matcher  # noqa: B018 (asking loads it)
        return self

    @cached_property
    def matcher(self) -> Matcher:
        """The matcher with its encoder."""
        from wflint.matching.matcher import Matcher

        return Matcher(self.encoder)

"""What requirement files say, kept from run to run: parsing locks takes longer than all else of a small edit."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

import msgspec
from msgspec import Struct

from wflint.source.cache import Cache, decoded, key_of
from wflint.source.requirements.names import NAMES
from wflint.source.requirements.requirements import Said, parsed

_KIND: Final = "requirements-1"
"""The number goes up when something else is read from the same file."""


class KeptRequirements(Struct, frozen=True):
    """Parses requirement files that the cache does not know."""

    cache: Cache

    def said(self, path: str, data: bytes) -> Said:
        """What the file at `path` says, which holds `data`."""
        name = PurePosixPath(path).name
        key = key_of(f"{_KIND}\0{name if name in NAMES else ''}", data)
        known = decoded(self.cache.read(key), msgspec.json.Decoder(Said))
        if known is None:
            known = parsed(path, data)
            self.cache.write(key, msgspec.json.encode(known))
        return known

"""The folder that a server reads in; nothing that a client or the repository says leads out of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from wflint import config
from wflint.config import Config
from wflint.config.named_paths import refuse_unreadable, resolved
from wflint.errors import UsageError
from wflint.matching.encoders import DEFAULT
from wflint.request import CacheChoice, Request

_SETTINGS = ("wflint.toml", "pyproject.toml")


class ServedFolder(Struct, frozen=True):
    """A folder, links followed, with the place of the cache, the one thing that is written."""

    folder: Path
    cache: CacheChoice

    @classmethod
    def at(cls, folder: Path, cache: CacheChoice) -> ServedFolder:
        """The root at a folder that the user names."""
        place = resolved(folder)
        if not place.is_dir():
            raise UsageError(f"{folder}: no such folder")
        return cls(place, cache)

    def within(self, path: str) -> Path:
        """The place of a path, relative to the root or in full; it must not be outside, whatever links say."""
        place = resolved(self.folder / path)
        if not place.is_relative_to(self.folder):
            raise UsageError(f"{path}: outside the root {self.folder}; this server reads nothing there")
        return place

    def request(self, paths: Sequence[str] = ()) -> Request:
        """A request for these paths, the whole root where there are none, judged within the root alone."""
        places = tuple(self.within(path) for path in paths) or (self.folder,)
        for place in places:
            refuse_unreadable(place)
        return Request(self.folder, places, self.settings(places[0]), _CONFINED, self.cache)

    def settings(self, place: Path) -> config.Located:
        """The configuration nearest to a place."""
        for folder in (place, *place.parents):
            if folder.is_relative_to(self.folder):
                for name in _SETTINGS:
                    self.within(str(folder / name))
        return config.load(place, self.folder)


_CONFINED = Config(encoder=DEFAULT, given=frozenset({"encoder"}))
"""A repository's own configuration may name a model anywhere; here it is not loaded."""

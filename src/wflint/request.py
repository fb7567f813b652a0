"""What somebody asks for: which paths, under which settings, and what stands in the place of files."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from msgspec import Struct, field

from wflint import config
from wflint.config import Config, relative
from wflint.config.named_paths import common_folder, refuse_unreadable, resolved


class CacheChoice(Struct, frozen=True):
    """Where summaries are kept: in `folder`, None for the user's own; nowhere where `is_off`."""

    folder: Path | None = None
    is_off: bool = False


class Stdin(Struct, frozen=True):
    """A source that comes through standard input, or from an editor, in place of the file at `path`."""

    path: Path
    data: bytes


class Request(Struct, frozen=True, dict=True):
    """What to audit and how.

    `paths` are what the user named; findings are about them, facts about everything below `root`. `overrides` are
    settings from outside the configuration file, which they overrule. `traces` are recorded runs of the program.
    `unsaved` are sources as an editor has them.
    """

    root: Path
    paths: tuple[Path, ...]
    settings: config.Located = field(default_factory=lambda: config.Located(Config()))
    overrides: Config = field(default_factory=Config)
    cache: CacheChoice = field(default_factory=CacheChoice)
    stdin: Stdin | None = None
    unsaved: tuple[Stdin, ...] = ()
    traces: tuple[Path, ...] = ()

    @property
    def effective(self) -> Config:
        """The settings in force."""
        return self.settings.config.overridden(self.overrides)

    @property
    def written_in(self) -> str | None:
        """The configuration file, for errors; None where there is none."""
        return str(self.settings.path) if self.settings.path else None

    def asks_for(self, path: str) -> bool:
        """Whether the user named the file at `path` below the root, or a folder around it."""
        if self._asked is None:
            return True
        while path and path not in self._asked:
            path = path.rpartition("/")[0]
        return bool(path)

    @cached_property
    def _asked(self) -> frozenset[str] | None:
        """What the user named, as it is called below the root; None where that is all."""
        if any(self.root.is_relative_to(wanted) for wanted in self.paths):
            return None
        return frozenset(relative(wanted, self.root) for wanted in self.paths)

    @classmethod
    def of(cls, *paths: Path, overrides: Config | None = None) -> Request:
        """A request for `paths`, with the root and the configuration found around them."""
        absolute = tuple(resolved(path) for path in paths)
        for path in absolute:
            refuse_unreadable(path)
        root = config.find_root(common_folder(absolute))
        located = config.load(absolute[0], root)
        return cls(root, absolute, located, overrides or Config())

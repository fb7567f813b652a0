"""The configuration, settled against the rules that there are."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from wflint.config import Config, glob_matches
from wflint.model.finding import Level, Persona
from wflint.rulebook import Rulebook


class PathIgnores(Struct, frozen=True):
    """The rules that stay silent in the files that `pattern` covers."""

    pattern: str
    names: frozenset[str]


class Settings(Struct, frozen=True):
    """Which rules run, how loud they are and who listens; rules by name."""

    active: frozenset[str]
    ignored_in: tuple[PathIgnores, ...] = ()
    levels: Mapping[str, Level] | None = None
    persona: Persona = Persona.REGULAR

    def level(self, name: str, otherwise: Level) -> Level:
        """The level that the configuration gives the rule, or `otherwise`."""
        return otherwise if self.levels is None else self.levels.get(name, otherwise)

    def silent_in(self, name: str, path: str) -> bool:
        """Whether the rule is switched off for the file."""
        return any(name in item.names and glob_matches(item.pattern, path) for item in self.ignored_in)


def settle(config: Config, pages: Rulebook, source: str | None) -> Settings:
    """The configuration with codes, prefixes and names looked up; an unknown one is an error in `source`."""
    selected = pages.names if config.select is None else pages.resolve(config.select, source)
    selected |= pages.resolve(config.extend_select, source)
    return Settings(
        active=selected - pages.resolve(config.ignore, source),
        ignored_in=tuple(
            PathIgnores(pattern, pages.resolve(codes, source)) for pattern, codes in config.per_file_ignores.items()
        ),
        levels={
            name: level for code, level in config.severity.items() for name in sorted(pages.resolve((code,), source))
        },
        persona=config.persona,
    )

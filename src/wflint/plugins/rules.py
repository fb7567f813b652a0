"""Rules from other packages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from wflint import rulebook
from wflint.errors import ConfigError
from wflint.plugins.entry_points import RULES, loaded
from wflint.rulebook import Rule, Rulebook, RulePage, read_pages

OWN = "WF"
"""What codes of wflint's own rules begin with."""


class RulePlugin(Struct, frozen=True):
    """The rules of a package, each with its page."""

    pages: tuple[RulePage, ...]
    rules: tuple[Rule, ...]

    @classmethod
    def read(cls, folder: Path, *rules: Rule) -> RulePlugin:
        """Rules whose pages lie in a folder, in files that are called like them."""
        return cls(read_pages(folder).pages, rules)


class RulesInForce(Struct, frozen=True):
    """The pages of all rules, wflint's own among them, and the `further` rules, which other packages bring."""

    pages: Rulebook
    further: tuple[Rule, ...]


def rules(names: Iterable[str], source: str | None) -> RulesInForce:
    """The rules of wflint with those that the configuration in `source` names; anything wrong with one is an error."""
    own = rulebook.load()
    found = [_checked(plugin, point.name, source) for point, plugin in loaded(names, RULES, source)]
    together = RulePlugin(
        tuple(page for plugin in found for page in plugin.pages),
        tuple(rule for plugin in found for rule in plugin.rules),
    )
    _refuse_doubles(together, own, source)
    return RulesInForce(own.with_pages(together.pages), together.rules)


def _checked(plugin: object, name: str, source: str | None) -> RulePlugin:
    if not isinstance(plugin, RulePlugin):
        raise ConfigError(f"plugin {name!r} is a {type(plugin).__name__}, not a RulePlugin", source)
    pages, rules = {page.name for page in plugin.pages}, {rule.name for rule in plugin.rules}
    if pages != rules:
        raise ConfigError(f"plugin {name!r}: no page or no check for {', '.join(sorted(pages ^ rules))}", source)
    return plugin


def _refuse_doubles(plugin: RulePlugin, own: Rulebook, source: str | None) -> None:
    codes = [page.code for page in plugin.pages]
    names = [*own.names, *(page.name for page in plugin.pages)]
    for page in plugin.pages:
        if page.code.startswith(OWN):
            raise ConfigError(f"rule {page.name!r}: codes that begin with {OWN} are wflint's own", source)
        if codes.count(page.code) > 1 or names.count(page.name) > 1:
            raise ConfigError(f"rule {page.name!r} ({page.code}) is there twice", source)

"""The entry points of packages that a configuration names; anything wrong with one is an error of its file."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from wflint.errors import ConfigError, WflintError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint, EntryPoints

RULES = "wflint.rules"
"""Each is the `RulePlugin` of a package."""
FRONT_ENDS = "wflint.frontends"
"""Each is a `FrontEnd`."""


def loaded(names: Iterable[str], group: str, source: str | None) -> Iterator[tuple[EntryPoint, object]]:
    """What the named packages bring of one group, each name once; a name must be of this group or of another one."""
    wanted = tuple(dict.fromkeys(names))
    if not wanted:
        return
    from importlib.metadata import entry_points

    everything = {each: entry_points(group=each) for each in (RULES, FRONT_ENDS)}
    for name in wanted:
        _refuse_unknown(name, everything.values(), source)
        for point in everything[group].select(name=name):
            yield point, _loaded(point, source)
            break


def _refuse_unknown(name: str, groups: Iterable[EntryPoints], source: str | None) -> None:
    known = sorted({known for points in groups for known in points.names})
    if name in known:
        return
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else f"; installed are: {', '.join(known) or 'none'}"
    raise ConfigError(f"key 'plugins': no package brings {name!r}{hint}", source)


def _loaded(point: EntryPoint, source: str | None) -> object:
    try:
        return point.load()
    except WflintError as error:
        raise ConfigError(f"plugin {point.name!r}: {error}", source) from error
    except Exception as error:
        message = f"plugin {point.name!r} cannot be loaded: {type(error).__name__}: {error}"
        raise ConfigError(message, source) from error

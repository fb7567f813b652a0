"""Front ends from other packages, and further rows about frameworks that wflint knows."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.errors import ConfigError
from wflint.plugins.entry_points import FRONT_ENDS, loaded

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from wflint.assembly.frontend import FrontEnd


class FurtherFrontEnds(Struct, frozen=True):
    """Those that a configuration names; `key` changes with their code."""

    front_ends: tuple[FrontEnd, ...] = ()
    key: str = ""


def front_ends(names: Iterable[str], source: str | None) -> FurtherFrontEnds:
    """The front ends that the configuration in `source` names; anything wrong with one is an error."""
    found = tuple(loaded(names, FRONT_ENDS, source))
    if not found:
        return FurtherFrontEnds()
    ends = tuple(_checked(point.name, value, source) for point, value in found)
    _refuse_doubles(ends, source)
    return FurtherFrontEnds(ends, "\n".join(_key(point) for point, _ in found))


def _checked(name: str, value: object, source: str | None) -> FrontEnd:
    from wflint.assembly.frontend import FrontEnd

    if not isinstance(value, FrontEnd):
        raise ConfigError(f"plugin {name!r} is a {type(value).__name__}, not a FrontEnd", source)
    try:
        _ = value.table  # other people's code, which runs here for the first time
    except Exception as error:
        raise ConfigError(f"plugin {name!r} has no table: {type(error).__name__}: {error}", source) from error
    return value


def _refuse_doubles(ends: Iterable[FrontEnd], source: str | None) -> None:
    from wflint import frontends

    taken = {end.name for end in frontends.FRONT_ENDS}
    for end in ends:
        if end.name in taken:
            raise ConfigError(f"front end {end.name!r} is there twice", source)
        taken.add(end.name)


def _key(point: EntryPoint) -> str:
    """A digest of the code of an entry point, which may change while its version does not."""
    digest = blake2b(digest_size=20)
    for path in sorted(_code(point)):
        digest.update(f"{path.name}\0".encode("utf-8", "surrogateescape") + path.read_bytes())
    return f"{point.name} {digest.hexdigest()}"


def _code(point: EntryPoint) -> Iterator[Path]:
    """The files of the package that holds an entry point, or the one of a module outside all packages."""
    module = sys.modules[point.module]
    if module.__file__ is None:
        return
    file = Path(module.__file__)
    if not module.__package__:
        yield file
        return
    yield from (path for path in file.parent.rglob("*") if path.is_file() and "__pycache__" not in path.parts)

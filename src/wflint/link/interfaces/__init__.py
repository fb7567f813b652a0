"""How a repository and the world outside get at each other, told from its files without running them.

Looked at is what a decorator serves, what a request asks for, what a workflow from elsewhere is run with; names are
followed to the files that they come from. What is put together while it runs is not known, and not told.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from wflint.link.interfaces.asked import asked
from wflint.link.interfaces.elsewhere import Codebase
from wflint.link.interfaces.module import Code
from wflint.link.interfaces.packages import packages
from wflint.link.interfaces.routers import Routers
from wflint.link.interfaces.rows import CALLS_TOOLS, LIBRARIES, RUNS, SERVES, WELL_KNOWN, WELL_KNOWN_NAME
from wflint.link.interfaces.served import served
from wflint.link.records import OutsideCall, Place, Provided
from wflint.link.summarizing import Interfaces
from wflint.model.test_paths import is_test_path
from wflint.source.cache import Cache
from wflint.source.discover import discover
from wflint.source.forms import Form, form_of
from wflint.source.import_prefilter import ImportPrefilter
from wflint.source.module_names import parts_of
from wflint.source.repository import Repository

_MOST: Final = 2_000
"""So many things of a kind are kept of a repository."""
_CARDS: Final = (WELL_KNOWN, WELL_KNOWN_NAME)


def interfaces_of(root: Path, exclude: Sequence[str], cache: Cache) -> Interfaces:
    """What others may call of a repository, and what it calls of others."""
    repository = Repository(discover(root, (root,), exclude), cache)
    codes = tuple(_looked_at(repository, Codebase(repository)))
    own = frozenset(part for path in repository.paths for part in parts_of(path)[:2])
    routers = Routers(codes)
    provided = (one for code in codes for one in served(code, routers))
    called = (one for code in codes for one in asked(code, own | sys.stdlib_module_names))
    return Interfaces(packages(root, repository.paths), _kept_provided(provided), _kept_called(called))


def _looked_at(repository: Repository, codebase: Codebase) -> Iterator[Code]:
    """The files that may serve or ask; those of tests talk to themselves."""
    prefilter = ImportPrefilter([name.encode() for name in LIBRARIES])
    signs = re.compile(
        rb"\.(?:"
        + _either((*RUNS, CALLS_TOOLS))
        + rb")\(|^[ \t]*@[\w.]+\.(?:"
        + _either(SERVES)
        + rb")\b|"
        + _either(_CARDS),
        re.MULTILINE,
    )
    for path in repository.paths:
        if form_of(path) is not Form.MODULE or is_test_path(path):
            continue
        data = repository.glimpse(path)
        if prefilter.mentioned(data) or signs.search(data):
            code = codebase.code(path)
            if code is not None:
                yield code


def _either(names: Iterable[str]) -> bytes:
    return b"|".join(re.escape(name.encode()) for name in sorted(names))


def _kept_provided(found: Iterable[Provided]) -> tuple[Provided, ...]:
    return tuple(
        sorted(set(found), key=lambda one: (_order(one.location), one.channel, one.address, one.method))[:_MOST]
    )


def _kept_called(found: Iterable[OutsideCall]) -> tuple[OutsideCall, ...]:
    return tuple(
        sorted(set(found), key=lambda one: (_order(one.location), one.channel, one.address, one.method))[:_MOST]
    )


def _order(place: Place) -> tuple[str, int, int]:
    return place.path, place.line, place.column

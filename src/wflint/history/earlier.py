"""The same request, asked of an earlier version of the repository."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from msgspec.structs import replace

from wflint.config import relative
from wflint.errors import UsageError
from wflint.request import Request
from wflint.revisions.git import History
from wflint.source.forms import SUFFIXES
from wflint.source.read_files import may_be_read

_READ_BESIDE: Final = frozenset({".gitignore", ".ignore", "pyvenv.cfg"})
"""Files that decide which sources are read."""


def history_of(request: Request) -> History:
    """The history of what is audited."""
    if not (request.root / ".git").exists():
        raise UsageError(f"{request.root} is not the top of a git repository, so it has no earlier versions")
    return History(request.root)


@contextmanager
def at_commit(request: Request, history: History, commit: str) -> Iterator[Request]:
    """The request with the files of a commit in place of the working tree's, under the settings of today.

    What was asked for and is not in that commit is left out; the request may be for nothing.
    """
    with tempfile.TemporaryDirectory(prefix="wflint-", ignore_cleanup_errors=True) as name:
        root = Path(name).resolve()
        history.extract(commit, root, _is_read)
        wanted = (root / relative(path, request.root) for path in request.paths)
        yield replace(request, root=root, paths=tuple(path for path in wanted if path.exists()), stdin=None)


def _is_read(path: PurePosixPath) -> bool:
    return path.suffix in SUFFIXES or path.name in _READ_BESIDE or may_be_read(path)

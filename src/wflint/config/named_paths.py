"""Paths that the user names: followed, checked, and what they have in common."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from wflint.errors import UsageError


def resolved(path: Path) -> Path:
    """The path from the root of the file system, links followed."""
    try:
        return path.resolve()
    except FileNotFoundError as error:
        raise UsageError(f"{path}: the working folder is gone") from error
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: Python 3.12 and earlier, on a loop of links
        raise UsageError(f"{path}: cannot be followed: {error}") from error


def refuse_unreadable(path: Path) -> None:
    """Raise where a path that the user named holds nothing to read; a pipe would be waited for."""
    try:
        str(path).encode("utf-8")
        known, readable = path.exists(), path.is_file() or path.is_dir()
    except UnicodeEncodeError as error:
        raise UsageError(f"{path}: the name is not UTF-8") from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be looked at: {error.strerror}") from error
    if not known:
        raise UsageError(
            f"{path}: no such file or folder" + (": a link into nowhere" if path.is_symlink() else _nearest(path))
        )
    if not readable:
        raise UsageError(f"{path}: neither a file nor a folder; `-` with --stdin-filename reads standard input")


def _nearest(path: Path) -> str:
    """`; did you mean ...?` with the nearest name in the folder of `path`, or nothing."""
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return ""
    near = get_close_matches(path.name, names, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def common_folder(paths: Iterable[Path]) -> Path:
    """The deepest folder that holds all of them."""
    folders = [path if path.is_dir() else path.parent for path in paths]
    first = folders[0]
    candidates = (first, *first.parents)
    return next(folder for folder in candidates if all(folder in (other, *other.parents) for other in folders))

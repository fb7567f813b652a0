"""Which version of which repository was audited, read from its `.git` folder.

git itself is not run: it may be absent, and what a repository configures for it is somebody else's program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from wflint.model.patterns import pattern

_LARGEST: Final = 4_000_000
"""Bytes of a file of git's that are read; packed references of large repositories fill megabytes."""
_HASH: Final = pattern(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_REFERENCE: Final = pattern(r"refs/[^\x00-\x20~^:?*\[\\\x7f]+")
_SECTION: Final = pattern(r'\s*\[\s*(?P<name>[\w.-]+)(?:\s+"(?P<sub>(?:[^"\\]|\\.)*)")?\s*\]')
_URL: Final = pattern(r"\s*url\s*=\s*(?P<url>\S+)\s*$", re.IGNORECASE)
_SHORT: Final = pattern(r"(?:[\w.-]+@)?(?P<host>[\w.-]+):(?!//)(?P<path>[^\s:]+)")
"""`git@host:owner/name.git`."""
_REMOTE: Final = "origin"


class Provenance(Struct, frozen=True):
    """A version: the address of the repository, the commit that is checked out, and its branch where it is on one."""

    repository: str
    revision: str | None = None
    branch: str | None = None


def provenance_of(root: Path) -> Provenance | None:
    """The version at `root`; None where that is no repository, or where nobody else can reach it."""
    folder = _git_folder(root)
    if folder is None:
        return None
    common = _common(folder)
    remote = next(_remotes(_text(common / "config")), None)
    address = None if remote is None else public_address(remote)
    if address is None:
        return None
    head = _text(folder / "HEAD").strip()
    reference = head.removeprefix("ref:").strip()
    if not head.startswith("ref:") or _REFERENCE.fullmatch(reference) is None or ".." in reference:
        return Provenance(address, _hash(head))
    branch = reference.removeprefix("refs/heads/") if reference.startswith("refs/heads/") else None
    return Provenance(address, _resolved(reference, folder, common), branch)


def public_address(remote: str) -> str | None:
    """The web address of a remote, without anybody's password; None where it has none."""
    short = _SHORT.fullmatch(remote)
    if short is not None and not remote.startswith(("/", ".")):
        return f"https://{short['host']}/{_bare(short['path'])}"
    try:
        parts = urlsplit(remote)
        host = parts.hostname
    except ValueError:
        return None
    if host is None or parts.scheme not in {"http", "https", "ssh", "git"}:
        return None
    port = f":{parts.port}" if parts.port and parts.scheme in {"http", "https"} else ""
    return f"https://{host}{port}/{_bare(parts.path)}"


def _bare(path: str) -> str:
    return path.strip("/").removesuffix(".git")


def _git_folder(root: Path) -> Path | None:
    """`.git`, or what a worktree's or submodule's file of that name points to."""
    here = root / ".git"
    if here.is_dir():
        return here
    pointer = _text(here).strip()
    if not pointer.startswith("gitdir:"):
        return None
    folder = root / pointer.removeprefix("gitdir:").strip()
    return folder if folder.is_dir() else None


def _common(folder: Path) -> Path:
    """Where a worktree's configuration and branches are."""
    pointer = _text(folder / "commondir").strip()
    return folder / pointer if pointer and (folder / pointer).is_dir() else folder


def _remotes(config: str) -> Iterator[str]:
    """The addresses of the remote that a clone comes from."""
    inside = False
    for line in config.splitlines():
        section = _SECTION.match(line)
        if section is not None:
            inside = section["name"].lower() == "remote" and section["sub"] == _REMOTE
        elif inside and (found := _URL.match(line)):
            yield found["url"].strip('"')


def _resolved(reference: str, folder: Path, common: Path) -> str | None:
    for place in (folder, common):
        found = _hash(_text(place / reference))
        if found is not None:
            return found
    packed = (line.split(" ", 1) for line in _text(common / "packed-refs").splitlines() if " " in line)
    return next((_hash(value) for value, name in packed if name == reference), None)


def _hash(text: str) -> str | None:
    stripped = text.strip()
    return stripped if _HASH.fullmatch(stripped) else None


def _text(path: Path) -> str:
    """What is written in a file; nothing where it is none, or is too long."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except (OSError, ValueError):
        return ""
    return "" if len(data) > _LARGEST else data.decode("utf-8", "replace")

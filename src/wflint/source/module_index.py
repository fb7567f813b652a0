"""Which files of a repository go by which names."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from wflint.source.module_names import Parts, parts_of


class ModuleIndex:
    """Files by the dotted names that they may be imported by; several linkers share one."""

    __slots__ = ("_digests", "by_last", "exact")

    def __init__(self, paths: Iterable[str]) -> None:
        self.exact: dict[Parts, str] = {}
        self.by_last: dict[str, list[Parts]] = {}
        self._digests: dict[str, str] = {}
        for path in sorted(paths):
            parts = parts_of(path)
            if parts and parts not in self.exact:
                self.exact[parts] = path
                self.by_last.setdefault(parts[-1], []).append(parts)

    def digest(self, name: str) -> str:
        """A digest of the files that a module of this name, the last part of a dotted one, may be."""
        if name not in self._digests:
            paths = "\n".join(self.exact[parts] for parts in self.by_last.get(name, ()))
            found = blake2b(paths.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest() if paths else ""
            self._digests[name] = found
        return self._digests[name]

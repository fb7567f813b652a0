"""A repository as one evaluation sees it: what was read of it is known."""

from __future__ import annotations

from collections.abc import Mapping

from wflint.model.program import Notice
from wflint.source.code import ModuleIR
from wflint.source.repository import Repository


class TrackedRepository:
    """All files of a repository, and which of them were asked for through this."""

    __slots__ = ("_consulted", "_lowered", "_repository", "documents", "paths")

    def __init__(self, repository: Repository, paths: tuple[str, ...]) -> None:
        self._repository = repository
        self._lowered: dict[str, None] = {}
        self._consulted: dict[str, None] = {}
        self.paths = paths
        self.documents = repository.documents

    def lowered(self, path: str) -> ModuleIR | None:
        """The summary of a file, or None where there is no such file or it cannot be read."""
        self._lowered[path] = None
        return self._repository.lowered(path)

    def document(self, path: str) -> str | None:
        """The text of a document, or None where there is none of that name."""
        text = self._repository.document(path)
        if text is not None:
            self._consulted[path] = None
        return text

    def read_as_text(self, path: str, encoding: str = "utf-8") -> str | None:
        """The text of a file that code reads as it runs, None where there is none: if there is one later, it counts."""
        self._consulted[path] = None
        return self._repository.read_as_text(path, encoding)

    def files_in(self, folder: str) -> tuple[str, ...]:
        """The names of the files in a folder that code may read, sorted."""
        self._consulted[f"{folder}/"] = None
        return self._repository.files_in(folder)

    @property
    def summaries(self) -> Mapping[str, ModuleIR]:
        """The files that were lowered so far."""
        found = ((path, self._repository.lowered(path)) for path in sorted(self._lowered))
        return {path: lowered for path, lowered in found if lowered is not None}

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """What was read so far, with digests."""
        read = sorted({*self._lowered, *self._consulted})
        return tuple((path, self._repository.digest(path)) for path in read)

    @property
    def lowered_paths(self) -> tuple[str, ...]:
        """The sources that could be read of those that were asked for, sorted."""
        return tuple(self.summaries)

    @property
    def unread(self) -> tuple[Notice, ...]:
        """What could not be read of what was asked for, in the order of the paths."""
        return tuple(
            notice for path in sorted({*self._lowered, *self._consulted}) for notice in self._repository.unread_in(path)
        )

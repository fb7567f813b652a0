"""The files of a repository by their imports: what a name means that one file takes from another."""

from __future__ import annotations

from typing import Final

from wflint.evaluate.modules import Linker, Module
from wflint.link.interfaces.module import Code, Definition, ImportedName
from wflint.link.interfaces.rows import LIBRARIES
from wflint.source.repository import Repository

_HOPS: Final = 8
"""So many files may hand on a name."""


class Codebase:
    """The files of a repository, lowered when somebody asks for them."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._linker = Linker(repository, frozenset(LIBRARIES))
        self._codes: dict[str, Code | None] = {}
        self._hops = 0

    def code(self, path: str) -> Code | None:
        """The file at a path; None where it cannot be read."""
        if path not in self._codes:
            lowered = self._repository.lowered(path)
            self._codes[path] = Code(path, lowered, self) if lowered is not None else None
        return self._codes[path]

    def imported(self, code: Code, what: ImportedName) -> Definition | None:
        """What an import of a file means; None for what is not in the repository."""
        importer = self._linker.module(code.path)
        home = self._home(importer, what)
        if not what.name:
            return self._whole(home)
        if home is not None:
            found = self._code(home)
            return self.within(found, what.name) if found is not None else None
        dotted = f"{what.home}.{what.name}" if what.home else what.name  # a folder that is no package
        return self._whole(self._home(importer, ImportedName(what.level, dotted)))

    def within(self, package: Code, name: str) -> Definition | None:
        """What a dotted name goes on to inside a module: one of its names, or a module below it."""
        if self._hops >= _HOPS:
            return None
        self._hops += 1
        try:
            found = package.named(name)
        finally:
            self._hops -= 1
        return found or self._whole(self._linker.child(self._linker.module(package.path), name))

    def _home(self, importer: Module, what: ImportedName) -> Module | None:
        if what.level:
            return self._linker.relative(importer, what.level, what.home)
        return self._linker.absolute(importer, what.home)

    def _whole(self, module: Module | None) -> Definition | None:
        found = self._code(module) if module is not None else None
        return Definition(found) if found is not None else None

    def _code(self, module: Module) -> Code | None:
        return self.code(module.path)

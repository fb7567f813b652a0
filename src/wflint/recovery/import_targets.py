"""The files that import statements may mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wflint.evaluate.modules import Linker, Module
from wflint.recovery.known_names import KnownNames
from wflint.source.import_statements import ImportStatement
from wflint.source.repository import Repository


class ImportTargets:
    """Looks for files as the linker of an evaluation does, and for more: it does not ask which names they define."""

    def __init__(self, repository: Repository, names: KnownNames) -> None:
        self._linker = Linker(repository, names.roots, names.shadowable_roots)

    def of(self, path: str, statements: Iterable[ImportStatement]) -> tuple[str, ...]:
        """The files that a file may import, sorted."""
        importer = self._linker.module(path)
        found = (module for statement in statements for module in self._modules(importer, statement))
        return tuple(sorted({module.path for module in found if module is not None} - {path}))

    def _modules(self, importer: Module, statement: ImportStatement) -> Iterator[Module | None]:
        home = statement.home
        if statement.level:
            yield self._linker.relative(importer, statement.level, home)
            inner = [f"{home}.{name}".lstrip(".") for name in statement.names]
            yield from (self._linker.relative(importer, statement.level, dotted) for dotted in inner)
            return
        parts = home.split(".")
        yield from (self._linker.absolute(importer, ".".join(parts[:size])) for size in range(1, len(parts) + 1))
        yield from (self._linker.absolute(importer, f"{home}.{name}") for name in statement.names)

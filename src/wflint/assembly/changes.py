"""What the releases of a framework do not all have: names and arguments, told from two releases that were looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from wflint.assembly.releases import Package
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Module
from wflint.model.fault import Fault, FaultKind
from wflint.model.releases import Releases, Standing, exactly, number
from wflint.model.span import Span
from wflint.source.code import ImportFrom


class Lacking(Struct, frozen=True):
    """Names, and arguments by the path of what is constructed, that a release lacks; names those `beyond` it, too."""

    names: frozenset[str]
    arguments: Mapping[str, frozenset[str]]
    releases: str
    beyond: str


class Changed(Struct, frozen=True):
    """What only one of two releases has: `new` names are in none up to `older`, `gone` ones in none from `newest` on.

    Of the releases in between nothing is said. Arguments, listed in one text by what takes them, come and go more
    often: of these, something is said for the two releases themselves only.
    """

    package: Package
    older: str
    newest: str
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    new_arguments: Mapping[str, str] = {}
    gone_arguments: Mapping[str, str] = {}

    def lacking(self, interp: Interpreter, path: str) -> Lacking | None:
        """What all releases lack that the file at `path` may run with; None where its repository does not say which."""
        said = interp.requirements.of(self.package.names, path)
        if said is None or said.is_empty:
            return None
        name, older, newest = self.package.names[0], number(self.older), number(self.newest)
        if Releases((), exactly(older).end).standing(said) is Standing.ALL:
            arguments = _split(self.new_arguments) if exactly(older).standing(said) is Standing.ALL else {}
            return Lacking(frozenset(self.new), arguments, f"{name} {self.older}", "and earlier")
        if Releases(newest).standing(said) is Standing.ALL:
            arguments = _split(self.gone_arguments) if exactly(newest).standing(said) is Standing.ALL else {}
            return Lacking(frozenset(self.gone), arguments, f"{name} {self.newest}", "and later")
        return None


def _split(rows: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {path: frozenset(words.split()) for path, words in rows.items()}


def lacking_arguments(interp: Interpreter, changes: Iterable[Changed], path: str, constructed: str) -> Lacking | None:
    """The arguments of what is constructed that the releases lack which the file at `path` runs with."""
    found = (row.lacking(interp, path) for row in changes if constructed in {**row.new_arguments, **row.gone_arguments})
    return next((each for each in found if each is not None and constructed in each.arguments), None)


def lacking_names(interp: Interpreter, changes: Iterable[Changed]) -> Iterator[Fault]:
    """The names that files import, and the methods that they call, which their releases do not have.

    Imports below the top of a file are left alone: code may be prepared to see them fail.
    """
    rows = list(changes)
    known = {name for row in rows for name in (*row.new, *row.gone)}
    used = [*_imported(interp, known), *((each.path, each.span) for each in interp.api_calls if each.path in known)]
    for name, span in used:
        for row in rows:
            lacking = row.lacking(interp, span.path)
            if lacking is not None and name in lacking.names:
                said, why = f"`{name.partition('.')[2]}`", "there is no such name"
                yield Fault(FaultKind.REFUSED, said, span, None, why, f"{lacking.releases} {lacking.beyond}")


def _imported(interp: Interpreter, known: set[str]) -> Iterator[tuple[str, Span]]:
    for module in list(interp.linker.modules.values()):
        if module.lowered is None or module.stub:
            continue
        imports = (each for each in module.body if isinstance(each, ImportFrom) and not each.level)
        for statement in imports:
            for alias in statement.names:
                name = interp.library_model.canonical(f"{statement.module}.{alias.name}")
                if name in known:
                    yield name, _span(module, statement)


def _span(module: Module, statement: ImportFrom) -> Span:
    return module.span(statement.at)

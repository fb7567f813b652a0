"""The census of a whole repository."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from wflint.assembly.census.constructors import Vocabulary
from wflint.assembly.census.names import Resolver
from wflint.assembly.census.reporting import Explained, reason
from wflint.assembly.census.sites import Census, Construction
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Linker, Module
from wflint.model.span import Span
from wflint.source.code import StmtT
from wflint.source.repository import Repository

Wanted = Callable[[str], bool]


def constructions(
    repository: Repository, linker: Linker, vocabulary: Vocabulary, building: Iterable[str], wanted: Wanted
) -> tuple[Construction, ...]:
    """The construction sites of the wanted files, in order.

    These are the files in `building`, which import a framework, all others that were read, and those that import from
    a file that only re-exports constructors. `linker` is one of the census's own: it finds more than is evaluated.
    """
    home = frozenset((*building, *repository.summaries))

    def readable(path: str) -> tuple[StmtT, ...] | None:
        lowered = repository.lowered(path) if path in home or path in repository.summaries else None
        return lowered.body if lowered is not None else None

    census = Census(Resolver(linker, readable), vocabulary)
    found = {path: tuple(census.of(module)) for path, module in _modules(repository, linker, home) if wanted(path)}
    lending = {
        module.parts[-1].encode()
        for path, module in _modules(repository, linker, frozenset(found))
        if module.parts and census.re_exports(module, found[path])
    }
    borrowing = frozenset(repository.mentioning(tuple(sorted(lending)), wanted) if lending else ()) - home
    found |= {path: tuple(census.of(module)) for path, module in _modules(repository, linker, borrowing)}
    return tuple(construction for path in sorted(found) for construction in found[path])


def _modules(repository: Repository, linker: Linker, paths: frozenset[str]) -> Iterator[tuple[str, Module]]:
    """Those of the files that can be read, lowered."""
    for path in sorted(paths):
        module = linker.module(path)
        module.lowered = repository.lowered(path)
        if module.lowered is not None:
            yield path, module


def explained(interp: Interpreter) -> Explained:
    """Why a construction is part of no workflow, told from what was evaluated."""
    reached: set[Span] = set()
    for made in interp.objects:
        if made.location is not None and not made.location.module.stub:
            reached.add(made.location.span)
    exhausted = frozenset(location.module.path for location in interp.budget.cuts)

    def why(made: Construction) -> str:
        span = made.site.span
        return reason(
            made,
            evaluated=span in reached,
            entered=made.function is None or id(made.function) in interp.analyzed,
            exhausted=span.path in exhausted,
        )

    return why

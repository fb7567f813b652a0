"""The census of the files that belong together, and of those that take constructors from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from wflint.assembly.census.constructors import Vocabulary
from wflint.assembly.census.examined import Examined
from wflint.assembly.census.names import Resolver
from wflint.assembly.census.sites import Census, Construction
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.modules import Linker
from wflint.model.span import Span
from wflint.source.code import ModuleIR, StmtT

Lowered = Callable[[str], ModuleIR | None]
"""A file, lowered; None where it cannot be read."""


class Count(Struct, frozen=True):
    """The construction sites of some files, in order, and those of the files that only re-export constructors."""

    constructions: tuple[Construction, ...]
    re_exporting: tuple[str, ...] = ()


def constructions(
    linker: Linker, lowered: Lowered, vocabulary: Vocabulary, paths: Iterable[str], readable: frozenset[str]
) -> Count:
    """The census of the files at `paths`; names are followed into the `readable` ones.

    `linker` is one of the census's own: it finds more than is evaluated.
    """

    def body(path: str) -> tuple[StmtT, ...] | None:
        found = lowered(path) if path in readable else None
        return found.body if found is not None else None

    census = Census(Resolver(linker, body), vocabulary)
    found: list[Construction] = []
    lending: list[str] = []
    for path in sorted(paths):
        module = linker.module(path)
        module.lowered = lowered(path)
        if module.lowered is None:
            continue
        here = tuple(census.of(module))
        found += here
        if module.parts and census.re_exports(module, here):
            lending.append(path)
    return Count(tuple(found), tuple(lending))


def examined(found: Iterable[Construction], interp: Interpreter) -> Iterator[Examined]:
    """The constructions, with what the evaluation saw of each."""
    reached: set[Span] = set()
    for made in interp.objects:
        if made.location is not None and not made.location.module.stub:
            reached.add(made.location.span)
    exhausted = frozenset(location.module.path for location in interp.budget.cuts)
    for each in found:
        span = each.site.span
        yield Examined(
            each.site,
            each.form,
            each.subject,
            each.function.name if each.function is not None else None,
            evaluated=span in reached,
            entered=each.function is None or id(each.function) in interp.analyzed,
            exhausted=span.path in exhausted,
        )


def unexamined(found: Iterable[Construction]) -> Iterator[Examined]:
    """The constructions in files that were not evaluated."""
    for each in found:
        function = each.function.name if each.function is not None else None
        yield Examined(each.site, each.form, each.subject, function, entered=function is None)

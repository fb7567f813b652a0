"""Whether what code hands to the parts of frameworks is what these ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from wflint.assembly.argument_locator import ArgumentLocator
from wflint.assembly.demands import MADE, Demand, Demands, Refusing
from wflint.assembly.expected_failures import ExpectedFailures
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.python.documents import is_written
from wflint.evaluate.values import NONE, Arguments, Object, Unknown, Value
from wflint.model.fault import Fault, FaultKind
from wflint.model.span import Span


def refusals(interp: Interpreter, tables: Iterable[Demands], codes: Iterable[Refusing]) -> tuple[Fault, ...]:
    """What parts refuse, whatever they become part of, each once.

    What tests have something refuse, they have it refuse on purpose; what a class of the source does with its arguments
    is its own matter, unless it leaves them to the library.
    """
    rows = {path: row for table in tables for path, row in table.items()}
    found = dict.fromkeys([*_broken(interp, rows), *(fault for code in codes for fault in code(interp))])
    expected = ExpectedFailures(interp)
    return tuple(fault for fault in found if not _is_on_purpose(expected, fault.span))


def _is_on_purpose(expected: ExpectedFailures, span: Span) -> bool:
    module = expected.interp.linker.modules.get(span.path)
    return (module is not None and module.is_test) or expected.cover(span)


def _broken(interp: Interpreter, rows: Demands) -> Iterator[Fault]:
    locator = ArgumentLocator.of(interp)
    for made in interp.objects:
        path = _constructed(made)
        if path is not None and path in rows and made.location is not None and not is_written(made.site):
            for demand in rows[path]:
                if (why := demand.breach(made.arguments)) is not None:
                    span = locator.argument(made, demand.name).span
                    yield from _faults(interp, demand, path, span, why)
    for called in interp.api_calls:
        for demand in rows.get(called.path, ()):
            if (why := demand.breach(_settled(called))) is not None:
                yield from _faults(interp, demand, called.path, called.span, why)


def _settled(called: ApiCall) -> Arguments:
    """The arguments of a call; None is not known under an undecided condition, which may be what keeps it out."""
    given = called.arguments
    if called.certain:
        return given
    positional = tuple(map(_unless_none, given.positional))
    return replace(given, positional=positional, keywords=tuple((name, _unless_none(v)) for name, v in given.keywords))


def _unless_none(value: Value) -> Value:
    return Unknown("None, under an undecided condition") if value == NONE else value


def _faults(interp: Interpreter, demand: Demand, path: str, span: Span, why: str) -> tuple[Fault, ...]:
    fault = Fault(FaultKind.REFUSED, demand.subject(path.partition(".")[2].removesuffix(MADE)), span, detail=why)
    return demand.held.fault(interp, fault) if demand.held is not None else (fault,)


def _constructed(made: Object) -> str | None:
    """The path of what takes the arguments of an object: of its class, or of the library's that this leaves them to."""
    if made.cls is None:
        return made.path
    lineage = list(made.cls.lineage())
    own = any(
        not one.content.keys().isdisjoint({"__init__", "__new__"}) or one.unmodelled_decorators for one in lineage
    )
    hidden = any(isinstance(base, Unknown) for one in lineage for base in one.bases)
    return made.path if not own and not hidden and set(made.cls.libraries()) == {made.path} else None

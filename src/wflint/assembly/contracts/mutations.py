"""Which fields of its input a step's code changes in place, and whether anything of the old values is left."""

from __future__ import annotations

from itertools import dropwhile

from msgspec.structs import replace

from wflint.assembly.contracts.effects import writes_of
from wflint.assembly.contracts.labels import labels_of
from wflint.assembly.contracts.stand_ins import READS
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.answers import transitive_dependencies
from wflint.evaluate.events import Access
from wflint.evaluate.interpreter import Interpreter
from wflint.model.conduct import Mutation


def mutations_of(summary: FunctionSummary) -> tuple[Mutation, ...]:
    """The fields that the code changes in place."""
    found: dict[str, Mutation] = {}
    for access in writes_of(summary):
        name = access.symbol.access_path[0]
        nested = access.mode == "nested" or len(access.symbol.access_path) > 1
        old = found.get(name)
        if old is None or (old.nested and not nested):
            found[name] = Mutation(name, access.location.span, nested)
    return tuple(_judged(one, summary) for one in found.values())


def _judged(mutation: Mutation, summary: FunctionSummary) -> Mutation:
    sets = _sets(mutation, summary)
    anew = not mutation.nested and not _is_made_of_old(mutation, sets, summary)
    renewed = anew and any(summary.always_sets(access) for access in sets)
    return replace(mutation, used=_is_used(mutation, summary), renewed=renewed, anew=anew)


def set_labels(interp: Interpreter, summary: FunctionSummary, mutation: Mutation) -> tuple[str, ...]:
    """The labels that the code sets the field to, where it always sets one and never looks at what was there."""
    own = [a for a in summary.accesses if a.symbol.root is summary.root and a.symbol.access_path == (mutation.field,)]
    values = [access.new for access in own if access.mode == "set" and access.new is not None]
    only_set = len(values) == len(own)
    return labels_of(interp, values) if mutation.renewed and only_set else ()


def _sets(mutation: Mutation, summary: FunctionSummary) -> list[Access]:
    """Where the code sets the field itself, to something that is known."""
    whole = (mutation.field,)
    return [a for a in writes_of(summary) if a.mode == "set" and a.symbol.access_path == whole and a.new is not None]


def _is_made_of_old(mutation: Mutation, sets: list[Access], summary: FunctionSummary) -> bool:
    """Whether the code sets the field to something that it makes of what was there."""
    sources = transitive_dependencies(*(access.new for access in sets if access.new is not None))
    return any(source.root is summary.root and source.access_path[:1] == (mutation.field,) for source in sources)


def _is_used(mutation: Mutation, summary: FunctionSummary) -> bool:
    """Whether the code reads the field once it has set it."""
    of_field = [
        a for a in summary.accesses if a.symbol.root is summary.root and a.symbol.access_path[:1] == (mutation.field,)
    ]
    later = dropwhile(lambda access: access.location.span != mutation.span, of_field)
    return any(access.mode in READS and access.mode != "nested" for access in later)

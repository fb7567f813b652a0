"""The records of all units, as one program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from wflint.assembly.census.examined import Examined
from wflint.assembly.census.reporting import matched
from wflint.assembly.linking import linked
from wflint.model.program import Notice, Program
from wflint.model.stray_argument import StrayArgument
from wflint.recovery.records import Borrowed, Record
from wflint.recovery.recovered import Recovery
from wflint.source.repository import Repository

Wanted = Callable[[str], bool]


def joined(
    repository: Repository,
    records: Sequence[Record],
    borrowed: Borrowed,
    further: Sequence[Notice],
    wanted: Wanted,
    projects: tuple[str, ...] = (),
) -> Recovery:
    """The program that some units make up, in whatever order, with `further` notices; sites are in wanted files."""
    unopened = repository.unopened
    unread = [*(each for notices in unopened.values() for each in notices), *borrowed.unread]
    notices = (
        *_once([*unread, *(each for record in records for each in record.unread)]),
        *_once(each for record in records for each in record.misread),
        *_once(each for record in records for each in record.unfinished),
        *further,
    )
    workflows = linked(workflow for record in records for workflow in record.workflows)
    counted = _counted((*borrowed.counted, *(each for record in records for each in record.counted)), wanted)
    sites, lost = matched(counted, workflows, notices)
    imports = tuple(sorted({pair for record in records for pair in record.imports}))
    read = (*borrowed.files, *(file for record in records for file in record.files))
    files = {*unopened, *(path for path, digest in read if digest and not path.endswith("/"))}
    ignores = dict(borrowed.ignores)
    for record in records:
        ignores |= record.ignores
    strays = _strays((stray for record in records for stray in record.stray_arguments), repository.paths, wanted)
    refusals = {fault for record in records for fault in record.refusals if wanted(fault.span.path)}
    program = Program(
        workflows,
        (*repository.unwalked, *notices),
        imports,
        sites,
        lost,
        strays,
        tuple(sorted(refusals, key=lambda fault: (fault.span, fault.subject))),
        projects,
    )
    return Recovery(program, tuple(sorted(files)), {path: ignores[path] for path in sorted(ignores)})


def _strays(every: Iterable[StrayArgument], paths: Iterable[str], wanted: Wanted) -> tuple[StrayArgument, ...]:
    """Each once, in order, but for those of libraries that the repository has a copy of, changed perhaps."""
    found = {stray for stray in every if wanted(stray.span.path)}
    copies = {path.split("/")[-2] for path in paths if path.endswith("/__init__.py")} if found else set()
    found = {stray for stray in found if stray.library not in copies}
    return tuple(sorted(found, key=lambda stray: (stray.span, stray.name)))


def _once(notices: Iterable[Notice]) -> list[Notice]:
    return sorted(dict.fromkeys(notices), key=lambda notice: (notice.span, notice.message))


def _counted(every: Iterable[Examined], wanted: Wanted) -> Iterable[Examined]:
    """Each construction once, in order, as all units that came by saw it."""
    found: dict[object, Examined] = {}
    for each in every:
        if wanted(each.site.span.path):
            key = each.site.span, each.form, each.site.framework, each.site.constructor
            found[key] = found[key].joined(each) if key in found else each
    return sorted(found.values(), key=lambda each: (each.site.span, each.form, each.subject, each.site.constructor))

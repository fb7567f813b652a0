"""A repository's summary, made of what was recovered from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import numpy as np
from msgspec import Struct

from wflint import __version__
from wflint.analyses.coverage import Coverage, coverage_of, coverage_of_workflow
from wflint.analyses.execution.step_cost import step_costs
from wflint.analyses.facts import ProgramFacts
from wflint.analyses.repetition.comparing import Placed, is_asked, is_open, said, text_of, wording
from wflint.link import sketch
from wflint.link.records import (
    FORMAT,
    VERSION,
    Channel,
    Contract,
    Cost,
    CoverageSummary,
    EdgeSummary,
    FieldSummary,
    OutsideCall,
    Place,
    Provided,
    RepositorySummary,
    StepSummary,
    Told,
    WorkflowSummary,
)
from wflint.matching.encoders import DEFAULT
from wflint.matching.matcher import Matcher
from wflint.model.contract import Certainty, Need, Offer, Schema
from wflint.model.finding import EdgeLabel
from wflint.model.patterns import pattern
from wflint.model.program import Program
from wflint.model.recorded import Recording
from wflint.model.span import Span
from wflint.model.test_paths import is_test_path
from wflint.model.workflow import END, START, Edge, Step, Workflow
from wflint.revisions.provenance import Provenance
from wflint.source.module_names import parts_of

_LITERAL: Final = pattern(r"""(?s)("|').*?\1""")
_DIGITS: Final = 4


class Interfaces(Struct, frozen=True):
    """How a repository and the world outside of it get at each other."""

    packages: tuple[str, ...] = ()
    provides: tuple[Provided, ...] = ()
    calls: tuple[OutsideCall, ...] = ()


class SummarySubject(Struct, frozen=True):
    """What a summary is made of."""

    name: str
    program: Program
    facts: ProgramFacts
    provenance: Provenance | None = None
    recording: Recording | None = None
    interfaces: Interfaces = Interfaces()


def summarize(subject: SummarySubject) -> RepositorySummary:
    """The summary; the same of the same repository, whenever and wherever it is made."""
    provenance, interfaces = subject.provenance, subject.interfaces
    matcher = Matcher()
    workflows = sorted(subject.program.workflows, key=lambda workflow: workflow.id)
    published = (_published(workflow, interfaces.packages) for workflow in workflows)
    return RepositorySummary(
        format=FORMAT,
        version=VERSION,
        wflint=__version__,
        repository=subject.name,
        encoder=DEFAULT,
        coverage=_coverage(coverage_of(subject.program)),
        workflows=tuple(_workflow(workflow, subject, matcher) for workflow in workflows),
        provides=(*interfaces.provides, *(one for one in published if one is not None)),
        calls=interfaces.calls,
        packages=interfaces.packages,
        address=provenance.repository if provenance is not None else None,
        revision=provenance.revision if provenance is not None else None,
        notices=len(subject.program.notices),
    )


def _coverage(found: Coverage) -> CoverageSummary:
    return CoverageSummary(found.sites, found.recovered, round(found.steps_known, _DIGITS), found.edges_open)


def _workflow(workflow: Workflow, subject: SummarySubject, matcher: Matcher) -> WorkflowSummary:
    costs = _costs(workflow, subject)
    labels = subject.facts.of(workflow).labels
    told = _told_of(workflow, matcher)
    return WorkflowSummary(
        id=workflow.id,
        name=workflow.name,
        framework=workflow.framework,
        location=place_of(workflow.span),
        steps=tuple(
            _step(step, told.get(step.id), costs.get(step.id))
            for step in sorted(workflow.steps, key=lambda step: step.id)
        ),
        edges=tuple(sorted(_edges(workflow, labels), key=lambda edge: (edge.source, edge.target, edge.kind))),
        coverage=_coverage(coverage_of_workflow(subject.program, workflow)),
        contract=_contract(workflow),
        parents=tuple(sorted(workflow.parents)),
        complete=not workflow.unresolved,
        test=is_test_path(workflow.span.path),
    )


def _published(workflow: Workflow, packages: tuple[str, ...]) -> Provided | None:
    """A workflow that others may import: it is in a package that is published, under a name."""
    path, _, name = workflow.id.partition("::")
    parts = parts_of(path)
    inner = parts[1:] if parts[:1] == ("src",) else parts
    if not inner or inner[0] not in packages or not name.isidentifier():
        return None
    address = ".".join((*inner, name))
    return Provided(Channel.PACKAGE, address, place_of(workflow.span), _contract(workflow), workflow=workflow.id)


def place_of(span: Span) -> Place:
    """A place, as it is written."""
    return Place(span.path, span.line, span.column, span.end_line, span.end_column)


def _step(step: Step, told: Told | None, cost: Cost | None) -> StepSummary:
    return StepSummary(
        id=step.id,
        kind=step.kind.value,
        location=place_of(step.span),
        definition=place_of(step.definition) if step.definition is not None else None,
        needs=_fields(step.needs),
        offers=_fields(step.offers),
        needs_open=step.needs_open,
        offers_open=step.offers_open,
        tools=tuple(sorted(set(step.tools))),
        model=step.model,
        workflow=step.workflow,
        told=told,
        cost=cost,
    )


def _fields(fields: Iterable[Need | Offer]) -> tuple[FieldSummary, ...]:
    """Each field once, required where any of its readers cannot do without it."""
    found: dict[str, FieldSummary] = {}
    for field in sorted(fields, key=lambda field: (field.name, field.span)):
        known = found.get(field.name)
        required = _is_required(field) or (known is not None and known.required)
        typed = known.type if known is not None and known.type is not None else type_text(field.type)
        found[field.name] = FieldSummary(field.name, typed, required)
    return tuple(found.values())


def _is_required(field: Need | Offer) -> bool:
    certain = field.certainty is Certainty.CERTAIN
    return certain and (field.required if isinstance(field, Need) else True)


def type_text(written: str | None) -> str | None:
    """A type without the literal texts in it."""
    return _LITERAL.sub('"…"', written) if written is not None else None


def _edges(workflow: Workflow, labels: Mapping[Edge, EdgeLabel]) -> Iterator[EdgeSummary]:
    for edge in workflow.edges:
        label = labels.get(edge)
        yield EdgeSummary(
            source=edge.source,
            target=edge.target,
            kind=edge.kind.value,
            coordination=label.label.value if label is not None else None,
            p_mismatch=round(label.p_mismatch, _DIGITS) if label is not None else None,
            certain=edge.certainty is Certainty.CERTAIN,
        )


def _contract(workflow: Workflow) -> Contract:
    """What a caller of the whole workflow hands in and gets, as far as its schemas say."""
    given, got = workflow.inputs or workflow.state, workflow.outputs or workflow.state
    firsts = [edge.target for edge in workflow.edges if edge.source == START]
    read = {
        need.name
        for name in firsts
        if (step := workflow.step(name)) is not None
        for need in step.needs
        if _is_required(need)
    }
    return Contract(
        needs=_schema_fields(given, read),
        offers=_schema_fields(got, set(got.names) if got is not None else set()),
        needs_open=given is None or not given.closed,
        offers_open=got is None or not got.closed,
    )


def _schema_fields(schema: Schema | None, required: set[str]) -> tuple[FieldSummary, ...]:
    fields = sorted(schema.fields, key=lambda field: field.name) if schema is not None else []
    return tuple(
        FieldSummary(field.name, type_text(field.type), field.name in required and not field.preset) for field in fields
    )


def _costs(workflow: Workflow, subject: SummarySubject) -> dict[str, Cost]:
    recording = subject.recording
    counts = {
        one.step: one.executions
        for one in (recording.steps if recording is not None else ())
        if one.workflow == workflow.id
    }
    return {
        name: Cost(round(cost.low), round(cost.typical), round(cost.high), cost.is_recorded, counts.get(name))
        for name, cost in step_costs(workflow, subject.program, recording).items()
        if cost.high
    }


def _told_of(workflow: Workflow, matcher: Matcher) -> dict[str, Told]:
    placed = [one for one in (Placed(workflow, step) for step in workflow.steps) if _is_compared(one)]
    readings = matcher.read_steps([text_of(one) for one in placed])
    if not placed:
        return {}
    rows = np.array([matcher.meanings.vector(reading.doc_text) for reading in readings], np.float32)
    vectors = sketch.quantised(rows)
    return {
        one.step.id: Told(
            digest=sketch.digest_of(wording(one.step)),
            sketch=sketch.encoded(sketch.sketch_of(said(one.step))),
            vector=sketch.encoded(vector),
            words=sketch.word_count(said(one.step)),
            complete=not is_open(one.step),
            asked=is_asked(one.step) or is_open(one.step),
        )
        for one, vector in zip(placed, vectors, strict=True)
    }


def _is_compared(placed: Placed) -> bool:
    return placed.step.id not in (START, END) and placed.is_telling

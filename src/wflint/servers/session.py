"""What an editor has open, judged together with everything else below the root; nothing here knows a protocol."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from wflint.analyses.labels.coordination import qualifications
from wflint.audit import Audit, audit
from wflint.config import relative
from wflint.errors import UsageError
from wflint.model.span import Span
from wflint.model.workflow import Edge, Step, Workflow
from wflint.request import Stdin
from wflint.servers.root import ServedFolder
from wflint.writers.escape import printable_lines
from wflint.writers.explain_step import explained, verdict, way


class Found(Struct, frozen=True):
    """A step or an edge at a place, with its workflow and the stretch that stands for it there."""

    workflow: Workflow
    item: Step | Edge
    span: Span


class Session:
    """The open documents and the last audit of them; an audit is made when somebody asks and something has changed."""

    def __init__(self, root: ServedFolder) -> None:
        self.root = root
        self._open: dict[Path, bytes] = {}
        self._audit: Audit | None = None

    def holds(self, path: str) -> Path | None:
        """The place of a document, None where it is outside the root, or nowhere."""
        try:
            return self.root.within(path)
        except UsageError:
            return None

    def put(self, place: Path, text: str) -> None:
        """A document as the editor has it now."""
        self._open[place] = text.encode("utf-8", "surrogatepass")
        self._audit = None

    def drop(self, place: Path) -> None:
        """The document is closed: what is on the disk counts."""
        self._open.pop(place, None)
        self._audit = None

    def forget(self) -> None:
        """Something on the disk has changed."""
        self._audit = None

    @property
    def current(self) -> Audit:
        """The audit of what there is now."""
        if self._audit is None:
            unsaved = tuple(Stdin(place, data) for place, data in self._open.items())
            self._audit = audit(replace(self.root.request(), unsaved=unsaved))
        return self._audit

    def at(self, place: Path, line: int, column: int) -> tuple[Found, ...]:
        """The steps and edges at a position (from 1), those that stand in the least text."""
        path = relative(place, self.root.folder)
        hits = [found for found in self._named(path) if _covers(found.span, line, column)]
        least = min((_size(found.span) for found in hits), default=(0, 0))
        return tuple(found for found in hits if _size(found.span) == least)

    def described(self, found: Found) -> str:
        """What there is to know: the contract of a step and its ways on, or why an edge has its label."""
        survey = self.current.survey
        labels = survey.labels(found.workflow)
        if isinstance(found.item, Step):
            return printable_lines(explained(found.workflow, found.item, labels, survey.recovered.texts))
        label = labels.get(found.item)
        lines = [f"{way(found.item)}{verdict(label)}"]
        if label is not None:
            lines += (f"watching pays from {label.threshold:.2f}", *qualifications(label))
            lines += (reason.text for reason in label.reasons if reason.weight)
        return printable_lines(lines)

    def ends(self, found: Found) -> tuple[Span, ...]:
        """The other ends: where an edge leads and where it comes from, or where the edges of a step lead."""
        index = found.workflow.index
        if isinstance(found.item, Step):
            names = [edge.target for edge in index.edges_from(found.item.id)]
        else:
            names = [found.item.target, found.item.source]
        steps = (index.steps.get(name) for name in dict.fromkeys(names))
        return tuple(step.definition or step.span for step in steps if step is not None and step.kind not in _ENDS)

    def _named(self, path: str) -> Iterator[Found]:
        """Everything that has a name in a file; of a definition its first line, not what its body is about."""
        for workflow in self.current.survey.program.workflows:
            for step in workflow.steps:
                if step.kind in _ENDS:
                    continue
                if step.definition is not None and step.definition.path == path:
                    yield Found(workflow, step, _first_line(step.definition))
                if step.span.path == path and step.span != step.definition:
                    yield Found(workflow, step, step.span)
            yield from (Found(workflow, edge, edge.span) for edge in workflow.edges if edge.span.path == path)


_ENDS = frozenset({"start", "end"})


def _first_line(span: Span) -> Span:
    return span if span.line == span.end_line else replace(span, end_line=span.line + 1, end_column=1)


def _covers(span: Span, line: int, column: int) -> bool:
    return (span.line, span.column) <= (line, column) <= (span.end_line, span.end_column)


def _size(span: Span) -> tuple[int, int]:
    return span.end_line - span.line, span.end_column - span.column

"""Changes of contracts: for people as text and Markdown, for programs as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal

from wflint.analyses.contracts.changes import Change, Verdict
from wflint.engine.json_text import json_text
from wflint.model.text import Texts
from wflint.writers.escape import code_span, markdown, printable
from wflint.writers.summary import count
from wflint.writers.text import Shown, place
from wflint.writers.wire import AnyLocation, Wire, location

MOST_ROWS = 60
"""Rows of a table in Markdown."""
MARKS = {Verdict.BREAKING: ":x:", Verdict.RISKY: ":warning:", Verdict.SAFE: ":white_check_mark:"}


class ChangeWire(Wire):
    """A change; `consumer` and `field` are null where a whole workflow is concerned."""

    verdict: Verdict
    workflow: str
    consumer: str | None
    field: str | None
    message: str
    location: AnyLocation | None


class DiffDocument(Wire):
    """All changes between two versions, the worst first."""

    version: Literal[1] = 1
    base: str
    head: str
    changes: tuple[ChangeWire, ...]


def text(base: str, head: str, changes: Iterable[Change], texts: Texts, shown: Shown) -> str:
    """One line a change, below its workflow."""
    known = tuple(changes)
    lines: list[str] = []
    for workflow, group in groupby(sorted(known, key=lambda change: change.workflow), key=lambda each: each.workflow):
        lines.append(printable(workflow))
        lines += (f"  {change.verdict:<8}  {_told(change, texts, shown)}" for change in group)
    return "".join(f"{line}\n" for line in (*lines, _total(base, head, known)))


def as_markdown(base: str, head: str, changes: Iterable[Change], texts: Texts) -> str:
    """For a pull request: a table of what may break, and what is safe folded away."""
    known = tuple(changes)
    loud = [change for change in known if change.verdict is not Verdict.SAFE]
    safe = [change for change in known if change.verdict is Verdict.SAFE]
    lines = ["## wflint: contracts", "", markdown(_total(base, head, known))]
    if loud:
        lines += ["", *_table(loud, texts)]
    if safe:
        lines += ["", f"<details><summary>{count(len(safe), 'safe change')}</summary>", "", *_table(safe, texts)]
        lines += ["", "</details>"]
    return "".join(f"{line}\n" for line in lines)


def as_json(base: str, head: str, changes: Iterable[Change], texts: Texts) -> str:
    """The document as text."""
    document = DiffDocument(base=base, head=head, changes=tuple(_wire(change, texts) for change in changes))
    return json_text(document, indent=2) + "\n"


def schema() -> str:
    """The JSON Schema of the format."""
    return json.dumps(DiffDocument.model_json_schema(mode="serialization"), indent=2) + "\n"


def _told(change: Change, texts: Texts, shown: Shown) -> str:
    where = f"{place(change.span, texts, shown)}: " if change.span is not None else ""
    return where + printable(change.text)


def _total(base: str, head: str, changes: tuple[Change, ...]) -> str:
    counted = Counter(change.verdict for change in changes)
    shares = ", ".join(f"{counted[verdict]} {verdict}" for verdict in Verdict)
    return f"Contracts from {printable(base)} to {printable(head)}: {shares}."


def _table(changes: list[Change], texts: Texts) -> Iterator[str]:
    yield from ("| | workflow | change | where |", "|---|---|---|---|")
    for change in changes[:MOST_ROWS]:
        where = code_span(place(change.span, texts, str)) if change.span is not None else ""
        yield f"| {MARKS[change.verdict]} | {code_span(change.workflow)} | {markdown(change.text)} | {where} |"
    if len(changes) > MOST_ROWS:
        yield from ("", f"{count(len(changes) - MOST_ROWS, 'more change')} not shown.")


def _wire(change: Change, texts: Texts) -> ChangeWire:
    return ChangeWire(
        verdict=change.verdict,
        workflow=change.workflow,
        consumer=change.consumer or None,
        field=change.field or None,
        message=change.text,
        location=location(change.span, texts) if change.span is not None else None,
    )

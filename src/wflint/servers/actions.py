"""What an editor offers to do about a finding: its fix, or a comment that silences it on its line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lsprotocol import types

from wflint.audit import Audit
from wflint.model.finding import Finding
from wflint.model.fix import Patch
from wflint.model.text import Texts
from wflint.servers.diagnostics import Places, diagnostic
from wflint.writers.escape import printable
from wflint.writers.summary import is_listed


def actions_of(found: Audit, path: str, wanted: types.Range, places: Places) -> Iterator[types.CodeAction]:
    """The actions for every finding that touches a stretch of a file."""
    texts = found.survey.recovered.texts
    for finding in found.findings:
        if finding.span.path == path and is_listed(finding) and _touch(places.range(finding.span), wanted):
            told = [diagnostic(finding, places)]
            if finding.patch is not None and _is_plain(finding.patch, texts):
                yield _fix(finding.patch, told, places)
            if _takes_a_comment(finding, texts):
                yield _ignore(finding, told, texts, places)


def _touch(one: types.Range, other: types.Range) -> bool:
    return _place(one.start) <= _place(other.end) and _place(other.start) <= _place(one.end)


def _place(position: types.Position) -> tuple[int, int]:
    return position.line, position.character


def _is_plain(patch: Patch, texts: Texts) -> bool:
    """Whether the edits are in files whose text is the module; a cell of a notebook stands in JSON."""
    return all(texts(edit.span.path).cell(edit.span.line) is None for edit in patch.edits)


def _fix(patch: Patch, told: list[types.Diagnostic], places: Places) -> types.CodeAction:
    edits: dict[str, list[types.TextEdit]] = defaultdict(list)
    for edit in patch.edits:
        edits[places.uri(edit.span.path)].append(types.TextEdit(places.range(edit.span), edit.text))
    return types.CodeAction(
        title=printable(patch.title[:1].upper() + patch.title[1:]),
        kind=types.CodeActionKind.QuickFix,
        diagnostics=told,
        is_preferred=patch.safe,
        edit=types.WorkspaceEdit(changes=dict(edits)),
    )


def _takes_a_comment(finding: Finding, texts: Texts) -> bool:
    """Whether a comment may stand at the end of the line: in Python, where no comment and no long string is."""
    source = texts(finding.span.path)
    if not finding.span.path.endswith(".py") or finding.span.line != finding.span.end_line:
        return False
    lines = source.module.splitlines()
    line = lines[finding.span.line - 1] if finding.span.line <= len(lines) else ""
    return "#" not in line and not line.endswith("\\") and line.count('"""') % 2 == 0 and line.count("'''") % 2 == 0


def _ignore(finding: Finding, told: list[types.Diagnostic], texts: Texts, places: Places) -> types.CodeAction:
    line = texts(finding.span.path).module.splitlines()[finding.span.line - 1]
    end = places.end(finding.span.path, finding.span.line, len(line) + 1)
    comment = types.TextEdit(types.Range(end, end), f"  # wflint: ignore[{finding.code}]")
    return types.CodeAction(
        title=f"Ignore {finding.code} on this line",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=told,
        edit=types.WorkspaceEdit(changes={places.uri(finding.span.path): [comment]}),
    )

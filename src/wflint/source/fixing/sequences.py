"""One more item at the end of a list of arguments or entries."""

from __future__ import annotations

from typing import Final

from wflint.model.fix import Edit
from wflint.model.patterns import pattern
from wflint.source.fixing.syntax import Range, Syntax

_COMMENT: Final = pattern(r"#[^\r\n]*")


def append(syntax: Syntax, last: Range, end: int, item: str) -> tuple[Edit, ...] | None:
    """The item after the `last` one, before the bracket at `end`: on a line of its own where the last one has one."""
    tail = syntax.text[last.end : end]
    between = _COMMENT.sub("", tail).strip()
    if between not in {"", ","}:
        return None
    indent = syntax.indent(last.start)
    line_end = syntax.line_end(last.end)
    if indent is None or line_end > end:
        return (syntax.edit(last.end, last.end, f", {item}"),) if "#" not in tail else None
    added = f"{syntax.newline}{indent}{item}"
    if "," in _COMMENT.sub("", syntax.text[last.end : line_end]):
        return (syntax.edit(line_end, line_end, f"{added},"),)
    if between:
        return None
    if line_end == last.end:
        return (syntax.edit(last.end, last.end, f",{added}"),)
    return syntax.edit(last.end, last.end, ","), syntax.edit(line_end, line_end, added)

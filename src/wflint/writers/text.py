"""Findings for people: one line each, or with the code that they are about.

Notes that label edges are not listed, they would drown the rest; the summary counts them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from wflint.model.finding import Finding, Level
from wflint.model.patterns import pattern
from wflint.model.span import Span
from wflint.model.text import Spot, Texts, spot
from wflint.writers.escape import printable
from wflint.writers.links import rule_page
from wflint.writers.summary import SAFE_MARK, is_listed

Shown = Callable[[str], str]
"""How a path is shown: relative to where the reader is."""

CONTEXT = 2
"""Lines of code shown above the place."""
LONGEST = 5
"""Lines of a place that are shown before the rest is left out."""

STYLES = {Level.ERROR: "bold red", Level.WARNING: "bold yellow", Level.NOTE: "bold cyan"}


def concise(findings: Iterable[Finding], texts: Texts, shown: Shown) -> str:
    """`path:line:column: WF501 [name] error: message`, one line each."""
    return "".join(f"{place(finding.span, texts, shown)}: {_headline(finding)}\n" for finding in _listed(findings))


def place(span: Span, texts: Texts, shown: Shown) -> str:
    """`path:line:column`, in a notebook `path:cell number:line:column` with the line of the cell."""
    return _place(spot(span, texts), shown)


def full(findings: Iterable[Finding], texts: Texts, shown: Shown) -> str:
    """Each finding with its code frame, the other places it is about, and why it was said."""
    return "".join("\n".join(_block(finding, texts, shown)) + "\n\n" for finding in _listed(findings))


def paint(text: str) -> str:
    """The same text with terminal colours: codes by level, places and frames dimmed."""
    import io

    from rich.console import Console
    from rich.text import Text

    painted = Text(text)
    for level, style in STYLES.items():
        painted.highlight_regex(rf"WF\d+ \[[a-z-]+\] {level}:", style)
    painted.highlight_regex(r"(?m)^ *(-->|:::) .*$", "blue")
    painted.highlight_regex(r"(?m)^ *\d* \|", "blue")
    painted.highlight_regex(r"(?m)^ *\|( +\^+.*)$", "yellow")
    out = io.StringIO()
    Console(file=out, force_terminal=True, color_system="standard", width=10_000, soft_wrap=True).print(painted, end="")
    return out.getvalue()


def link(text: str) -> str:
    """The same text, painted or not, with a hyperlink from each finding's code to the page of its rule."""
    return _CODE.sub(lambda found: f"\x1b]8;;{rule_page(found[1], found[2])}\x1b\\{found[1]}\x1b]8;;\x1b\\", text)


_CODE = pattern(r"(?<![A-Z\d])(WF\d{3})(?= \[([a-z-]+)\] (?:error|warning|note):)")


def _listed(findings: Iterable[Finding]) -> Iterator[Finding]:
    return (finding for finding in findings if is_listed(finding))


def _headline(finding: Finding) -> str:
    mark = f" {SAFE_MARK}" if finding.patch is not None and finding.patch.safe else ""
    return f"{finding.code} [{finding.name}] {finding.level}: {printable(finding.message)}{mark}"


def _place(found: Spot, shown: Shown) -> str:
    cell = "" if found.cell is None else f"cell {found.cell}:"
    return f"{printable(shown(found.span.path))}:{cell}{found.span.line}:{found.span.column}"


def _block(finding: Finding, texts: Texts, shown: Shown) -> Iterator[str]:
    seen = finding.observation
    main = spot(seen.span, texts)
    related = tuple((item.phrase, spot(item.span, texts)) for item in (*seen.path, *seen.related))
    gutter = len(str(max(each.span.line + LONGEST for each in (main, *(each for _, each in related)))))
    yield _headline(finding)
    yield f"{' ' * gutter}--> {_place(main, shown)}"
    yield from _frame(main, gutter, "")
    for phrase, each in related:
        yield f"{' ' * gutter}::: {_place(each, shown)}"
        yield from _frame(each, gutter, printable(phrase), context=0)
    for reason in seen.reasons:
        yield f"{' ' * gutter} = {reason.feature}: {printable(reason.text)}"
    if finding.patch is not None:
        yield f"{' ' * gutter} = {'fix' if finding.patch.safe else 'unsafe fix'}: {printable(finding.patch.title)}"


def _frame(found: Spot, gutter: int, phrase: str, context: int = CONTEXT) -> Iterator[str]:
    span, lines = found.span, found.text.splitlines()
    blank = f"{' ' * gutter} |"
    if span.line > len(lines):
        yield f"{blank} {phrase}".rstrip()
        return
    yield blank
    last = min(span.end_line, span.line + LONGEST - 1, len(lines))
    for number in range(max(1, span.line - context), last + 1):
        code = printable(lines[number - 1].expandtabs(1).rstrip())
        yield f"{number:>{gutter}} | {code}".rstrip()
        if number == span.line:
            yield f"{blank} {' ' * (span.column - 1)}{_carets(span, code)} {phrase}".rstrip()
    if last < span.end_line:
        yield f"{' ' * gutter} | ..."
    yield blank


def _carets(span: Span, code: str) -> str:
    end = span.end_column if span.end_line == span.line else len(code) + 1
    return "^" * max(1, min(end, len(code) + 1) - span.column)

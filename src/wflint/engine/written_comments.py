"""Where ignore comments stand: in code, and in YAML that says of steps."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from wflint.engine.comments import Comment
from wflint.model.program import Program
from wflint.model.span import Span
from wflint.model.text import Texts
from wflint.source.code import Ignore
from wflint.source.yaml_comments import is_yaml, yaml_ignores


def comments_of(
    ignores: Mapping[str, tuple[Ignore, ...]], program: Program, texts: Texts
) -> dict[str, tuple[Comment, ...]]:
    """Ignore comments by path, with lines and columns in place of offsets."""
    found = dict(ignores)
    for path in sorted({step.span.path for workflow in program.workflows for step in workflow.steps}):
        if is_yaml(path):
            found[path] = yaml_ignores(texts(path).module)
    return {path: tuple(_comments(each, path, texts(path).module)) for path, each in found.items() if each}


def _comments(ignores: Iterable[Ignore], path: str, text: str) -> Iterator[Comment]:
    breaks = [-1, *(found.start() for found in re.finditer(r"[\r\n]", text))]
    for ignore in ignores:
        start, end = ignore.at
        before = breaks[bisect_left(breaks, start) - 1]
        span = Span(path, ignore.line, start - before, ignore.line, end - before)
        yield Comment(span, ignore.codes, ignore.alone, ignore.file_wide)

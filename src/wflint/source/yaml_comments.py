"""Comments in YAML that speak to wflint, as those in Python do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from pathlib import PurePath
from typing import Final

from wflint.model.patterns import pattern
from wflint.source.code import Ignore
from wflint.source.comments import ignore_comments
from wflint.source.yaml import LONGEST

SUFFIXES: Final = frozenset({".yaml", ".yml"})
_COMMENT: Final = pattern(r"(?:(?<=\s)|^)#[^\r\n]*", re.MULTILINE)


def is_yaml(path: str) -> bool:
    """Whether a document is written in YAML."""
    return PurePath(path).suffix in SUFFIXES


def yaml_ignores(text: str) -> tuple[Ignore, ...]:
    """What the comments of a document ask to ignore; a text that only looks like a comment is none."""
    if "wflint:" not in text or len(text) > LONGEST:
        return ()
    scalars = _scalars(text)
    if scalars is None:
        return ()
    comments = tuple(_outside(scalars, text))
    lines = (0, *accumulate(map(len, text.splitlines(keepends=True))))
    found, _ = ignore_comments(text, lines, comments, scalars[0][0] if scalars else len(text))
    return found


def _outside(scalars: list[tuple[int, int]], text: str) -> Iterator[tuple[int, str]]:
    """The comments: what looks like one within a scalar is text, and a comment may follow on its line."""
    found = _COMMENT.search(text)
    for start, end in (*scalars, (len(text), len(text))):
        while found is not None and found.start() < start:
            yield found.start(), found.group()
            found = _COMMENT.search(text, found.end())
        if found is not None and found.start() < end:
            found = _COMMENT.search(text, end)


def _scalars(text: str) -> list[tuple[int, int]] | None:
    """Where the texts of a document begin and end; None where it is no YAML."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.tokens import ScalarToken

    try:
        tokens = tuple(YAML(typ="safe", pure=True).scan(text))
    except (YAMLError, RecursionError, ValueError):
        return None
    return [(token.start_mark.index, token.end_mark.index) for token in tokens if isinstance(token, ScalarToken)]

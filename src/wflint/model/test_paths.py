"""Which files are tests, by their paths."""

from __future__ import annotations

import re

from wflint.model.patterns import pattern

_TESTS = pattern(
    r"(?:^|/)(?:test|testing|tests|tests[-_][^/]*|[^/]*[-_]tests)/"
    r"|(?:^|/)(?:conftest|tests?|test_[^/]*|[^/]*[-_.]tests?)\.\w+$",
    re.IGNORECASE,
)


def is_test_path(path: str) -> bool:
    """Whether a file is of a test suite: by the folders around it, or by a name that test runners look for."""
    return _TESTS.search(path) is not None

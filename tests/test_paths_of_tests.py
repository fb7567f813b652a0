"""Tests are told from what they test by their paths."""

from __future__ import annotations

import pytest

from wflint.model.test_paths import is_test_path

TESTS = (
    "tests/flow.py",
    "pkg/test/flow.py",
    "e2e-tests/flow.py",
    "tests_unit/flow.py",
    "app/tests.py",
    "app/test_flow.py",
    "flow_test.py",
    "flow.test.py",
    "conftest.py",
    "Tests/Flow.py",
)
OTHERS = ("contest.py", "latest/flow.py", "attest.py", "test-agent/main.py", "load_test_data.py", "testimony.py")


@pytest.mark.parametrize("path", TESTS)
def test_what_a_test_runner_looks_into_is_a_test(path: str) -> None:
    assert is_test_path(path)


@pytest.mark.parametrize("path", OTHERS)
def test_what_only_has_the_letters_is_none(path: str) -> None:
    assert not is_test_path(path)

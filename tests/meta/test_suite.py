"""The quick subset of the tests: what takes seconds carries the marker, and only those who ask for less get less."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path

from tests.meta.refresh import ROOT

TESTS = ROOT / "tests"
MARKER = "pytest.mark.slow"
MOST_EXAMPLES = 100
"""So many examples of a property are quick; hypothesis makes as many unless told otherwise."""


@cache
def trees() -> dict[Path, ast.Module]:
    """Each file of tests as a tree."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(TESTS.rglob("test_*.py"))}


def marked(tree: ast.Module) -> set[str]:
    """The tests of a file that carry the marker, by themselves or through their file."""
    tests = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    whole = any(isinstance(node, ast.Assign) and ast.unparse(node) == f"pytestmark = {MARKER}" for node in tree.body)
    return {test.name for test in tests if whole or MARKER in map(ast.unparse, test.decorator_list)}


def long_properties(tree: ast.Module) -> set[str]:
    """The tests of a file that ask for more examples than a quick one."""
    return {
        function.name
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "settings"
        for argument in decorator.keywords
        if argument.arg == "max_examples"
        and isinstance(argument.value, ast.Constant)
        and isinstance(argument.value.value, int)
        and argument.value.value > MOST_EXAMPLES
    }


def test_every_long_property_is_marked() -> None:
    found = {path.relative_to(TESTS).as_posix(): long_properties(tree) - marked(tree) for path, tree in trees().items()}
    assert {path: names for path, names in found.items() if names} == {}


def test_tests_that_follow_the_guide_or_compare_whole_corpora_are_marked() -> None:
    found = {path.relative_to(TESTS).as_posix(): marked(tree) for path, tree in trees().items()}
    for path in ("meta/test_newcomer.py", "recovery/test_order.py", "matching/test_quality.py"):
        tests = [node.name for node in trees()[TESTS / path].body if isinstance(node, ast.FunctionDef)]
        assert found[path] == {name for name in tests if name.startswith("test_")}


def test_everything_runs_unless_asked_otherwise() -> None:
    options = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    assert [option for option in options["addopts"] if option.startswith("-m")] == []
    assert [name.partition(":")[0] for name in options["markers"]] == ["slow"]
    for path in (".ci/run", "noxfile.py"):
        assert "slow" not in (ROOT / path).read_text(encoding="utf-8")


def test_contributors_are_told_of_the_quick_subset() -> None:
    assert 'pytest -m "not slow"' in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

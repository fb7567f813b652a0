"""A finding is the same finding wherever its lines go, and a renamed step is another one to its own findings only."""

from __future__ import annotations

import ast
import re
import tempfile
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.frontends.rosetta import ROSETTA, SOUND
from tests.history.programs import DESK
from tests.rules.examples import Example, examples
from wflint import rulebook
from wflint.audit import audit
from wflint.config import Config
from wflint.model.finding import Finding, Persona
from wflint.request import CacheChoice, Request

EXAMPLES = tuple(
    example
    for page in rulebook.load().pages
    for example in examples(page.name, page.body)
    if example.section == "Bad" and page.name != "unused-ignore"
)
FILLERS = ("", "# A comment.", "", "    ", "\n\n")
DEFECTS = tuple(path for path in sorted(ROSETTA.glob("*/*/in_*.py")) if path.parent.name != SOUND)
"""The same defects in every framework that can have them."""
EVERYTHING = Config(persona=Persona.AUDITOR)


def found(files: Mapping[str, str]) -> tuple[Finding, ...]:
    """What is found in a program, labels included."""
    with tempfile.TemporaryDirectory() as name:
        for path, text in files.items():
            place = Path(name, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        request = Request.of(Path(name), overrides=EVERYTHING)
        return audit(replace(request, cache=CacheChoice(is_off=True))).findings


def fingerprints(findings: tuple[Finding, ...]) -> list[str]:
    return sorted(finding.fingerprint for finding in findings)


def loosened(text: str, data: st.DataObject) -> str:
    """The text with lines put in between its statements, where they mean nothing."""
    lines = text.splitlines()
    starts = {1} | {
        min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.stmt)
    }
    # A comment that speaks to wflint or to the next line must keep its place.
    free = sorted(start for start in starts if start > 1 and not lines[start - 2].lstrip().startswith("#"))
    for start in sorted(data.draw(st.sets(st.sampled_from(free or [1]), max_size=6)), reverse=True):
        lines[start - 1 : start - 1] = data.draw(st.lists(st.sampled_from(FILLERS), min_size=1, max_size=3))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.page)
@settings(max_examples=3)
@given(data=st.data())
def test_moved_lines_change_no_fingerprint(example: Example, data: st.DataObject) -> None:
    before = {file.path: file.code for file in example.files}
    after = {path: loosened(text, data) for path, text in before.items()}
    assert fingerprints(found(after)) == fingerprints(found(before))


def reordered(text: str, data: st.DataObject) -> str:
    """The text with plain functions that follow each other in another order; what is above one goes with it."""
    lines = text.splitlines()
    body = ast.parse(text).body
    ends = [node.end_lineno or node.lineno for node in body]
    blocks = ["\n".join(lines[begin:end]) for begin, end in zip([0, *ends], [*ends, len(lines)], strict=True)]
    plain = [isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.decorator_list for node in body]
    for is_plain, run in groupby(range(len(body)), plain.__getitem__):
        numbers = list(run)
        moved = [blocks[number] for number in data.draw(st.permutations(numbers) if is_plain else st.just(numbers))]
        blocks[numbers[0] : numbers[-1] + 1] = moved
    return "\n".join(blocks) + "\n"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.page)
@settings(max_examples=2)
@given(data=st.data())
def test_functions_in_another_order_change_no_fingerprint(example: Example, data: st.DataObject) -> None:
    before = {file.path: file.code for file in example.files}
    after = {path: reordered(text, data) if path.endswith(".py") else text for path, text in before.items()}
    if after != before:
        assert fingerprints(found(after)) == fingerprints(found(before))


@pytest.mark.parametrize("path", DEFECTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
@settings(max_examples=3)
@given(data=st.data())
def test_moved_lines_change_no_fingerprint_in_any_framework(path: Path, data: st.DataObject) -> None:
    text = path.read_text(encoding="utf-8")
    moved = loosened(reordered(text, data), data)
    assert fingerprints(found({"a.py": moved})) == fingerprints(found({"a.py": text}))


@given(st.lists(st.sampled_from(FILLERS), min_size=1, max_size=4), st.integers(0, 30))
@settings(max_examples=10)
def test_lines_above_and_below_change_no_fingerprint(lines: list[str], below: int) -> None:
    moved = "\n".join(lines) + "\n" + DESK + "\n" * below
    assert fingerprints(found({"a.py": moved})) == fingerprints(found({"a.py": DESK}))


def mentions(finding: Finding, name: str) -> bool:
    """Whether a finding is about the step, or names it."""
    seen = finding.observation
    named = {seen.step, *(seen.edge or ()), *seen.key}
    return name in named or re.search(rf"\b{name}\b", " ".join((seen.message, *seen.key))) is not None


@pytest.mark.parametrize("step", ["research", "draft", "idle"])
def test_a_renamed_step_changes_its_own_findings_only(step: str) -> None:
    renamed = DESK.replace(f'"{step}"', '"renamed"')
    before, after = found({"a.py": DESK}), found({"a.py": renamed})
    kept = {finding.fingerprint for finding in before} & {finding.fingerprint for finding in after}
    others = {finding.fingerprint for finding in before if not mentions(finding, step)}
    assert others == kept
    assert others
    gone = {(each.code, each.message.replace(step, "renamed")) for each in before if each.fingerprint not in kept}
    assert gone == {(each.code, each.message) for each in after if each.fingerprint not in kept}


@pytest.mark.parametrize("path", DEFECTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_renamed_step_leaves_the_findings_of_others_in_any_framework(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    before = found({"a.py": text})
    named = {finding.observation.step for finding in before} & set(re.findall(r"\w+", text))
    whole = {(finding.workflow or "").rpartition("::")[2] for finding in before}  # of agents, called like the first one
    assert named - whole
    for name in sorted(filter(None, named - whole)):
        after = found({"a.py": re.sub(rf"\b{name}\b", "renamed", text)})
        others = {finding.fingerprint for finding in before if not mentions(finding, name)}
        assert others <= {finding.fingerprint for finding in after}, name


def test_a_renamed_workflow_or_file_is_another_one() -> None:
    before = set(fingerprints(found({"a.py": DESK})))
    assert before.isdisjoint(fingerprints(found({"b.py": DESK})))
    assert before.isdisjoint(fingerprints(found({"a.py": DESK.replace("builder", "maker")})))


def test_fingerprints_are_unique_in_a_run() -> None:
    twice = {"a.py": DESK, "b.py": DESK.replace("builder.compile()", "builder.compile()\nagain = builder.compile()")}
    known = fingerprints(found(twice))
    assert len(set(known)) == len(known)

"""The glossary knows the words of the code, and the code has what the glossary names."""

from __future__ import annotations

import re

from tests.meta.refresh import ROOT
from tests.meta.test_words import PACKAGE, REPLACED

TEXT = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| (?P<term>[^|]+) \| (?P<what>[^|]+) \| `(?P<path>[^`]+)`(?:: `(?P<name>[^`]+)`)? \|$", re.MULTILINE
)
CLASS = re.compile(r"^ *class (\w+)", re.MULTILINE)
ROWS = list(ROW.finditer(TEXT))
MINOR = frozenset(
    {
        *("AugAssign", "AnnAssign", "BreakOrContinue", "ExprStmt", "IfExp", "JoinedStr", "NamedExpr"),  # as in `ast`
        *("CodeWorkflowBuilder", "HiddenReason"),  # parts of what is explained
    }
)
"""Classes that need no row of their own."""


def test_every_row_is_a_row() -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith("| ") and not line.startswith("| term ")]
    assert [line for line in rows if ROW.fullmatch(line) is None] == []


def test_every_term_is_where_the_glossary_says() -> None:
    gone = [
        row.group()
        for row in ROWS
        if not (PACKAGE / row["path"]).is_file()
        or (row["name"] is not None and row["name"] not in (PACKAGE / row["path"]).read_text(encoding="utf-8"))
    ]
    assert gone == []


def test_no_term_stands_twice() -> None:
    terms = [row["term"].lower() for row in ROWS]
    assert sorted(set(terms)) == sorted(terms)


def test_every_class_that_has_its_name_from_the_field_is_explained() -> None:
    explained = {word.lower().replace(" ", "").replace("-", "") for row in ROWS for word in row["term"].split(", ")}
    explained |= {row["name"].lower() for row in ROWS if row["name"] is not None}
    classes = {name for path in PACKAGE.rglob("*.py") for name in CLASS.findall(path.read_text(encoding="utf-8"))}
    terms = {name for name in REPLACED.values() if name in classes} - MINOR
    assert {name for name in terms if not {name.lower(), name.lower().removesuffix("s")} & explained} == set()

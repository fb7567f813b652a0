"""What workflows are called in the report where several have one name."""

from __future__ import annotations

from msgspec.structs import replace

from tests.samples import PROGRAM
from wflint.model.span import Span
from wflint.model.workflow import Workflow
from wflint.writers.report.titles import titles


def flow(number: int, name: str, path: str, line: int) -> Workflow:
    return replace(PROGRAM.workflows[0], id=f"{path}::{name}@{number}", name=name, span=Span(path, line, 1, line, 9))


def named(*flows: Workflow) -> list[str]:
    found = titles(flows)
    return [found[each.id] for each in flows]


def test_a_name_of_its_own_is_enough() -> None:
    assert named(flow(1, "mail", "app/a.py", 3), flow(2, "chat", "app/a.py", 9)) == ["mail", "chat"]


def test_the_file_tells_two_of_one_name_apart() -> None:
    assert named(flow(1, "graph", "app/mail.py", 3), flow(2, "graph", "app/chat.py", 3)) == [
        "graph (mail.py)",
        "graph (chat.py)",
    ]


def test_the_path_does_where_files_have_one_name() -> None:
    assert named(flow(1, "graph", "mail/app.py", 3), flow(2, "graph", "chat/app.py", 3)) == [
        "graph (mail/app.py)",
        "graph (chat/app.py)",
    ]


def test_the_line_does_in_one_file() -> None:
    assert named(flow(1, "graph", "app.py", 3), flow(2, "graph", "app.py", 30)) == [
        "graph (app.py:3)",
        "graph (app.py:30)",
    ]


def test_variants_of_one_place_have_their_ids() -> None:
    assert named(flow(1, "graph", "app.py", 3), flow(2, "graph", "app.py", 3)) == ["app.py::graph@1", "app.py::graph@2"]

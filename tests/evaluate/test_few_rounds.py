"""What is gone through for the sake of a step, or of a workflow, is gone through as seldom as tells all there is."""

from __future__ import annotations

import pytest

from tests.evaluate.programs import ran
from tests.evaluate.readings import needs, seen

MAYBE = "def step(s):\n    names = []\n" + "".join(
    f"    if unknown({n}):\n        names.append({name!r})\n"
    for n, name in enumerate(("topic", "notes", "draft", "kind"))
)
"""A step that goes through names which may all be missing."""

DISPLAY = """
class Board:
    def __init__(self):
        self.rows = library()
        self.status = {}

    def refresh(self):
        for name, status in self.status.items():
            self.rows.add(name, status)

    def show(self, state):
        self.status["topic"] = "read"
        self.refresh()
        self.status["draft"] = "written"
        self.refresh()
"""
"""A display that is brought up to date after each change."""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            MAYBE + "    for n in names:\n        print(s[n])\n", "topic~ notes~ draft~ kind~", id="any of them"
        ),
        pytest.param(
            "def step(s):\n    for n in ('topic', 'notes', 'draft', 'kind'):\n        print(s[n])\n",
            "topic notes draft kind",
            id="all of them, for sure",
        ),
    ],
)
def test_a_step_reads_whatever_its_loop_may_go_through(source: str, expected: str) -> None:
    assert needs(source) == expected


def test_of_several_lists_any_item_may_come_up() -> None:
    source = "def step(s):\n    for one in unknown(s['topic'], s['notes']) or s['draft']:\n        print(one)\n"
    assert needs(source) == "topic notes draft~"


def test_a_display_is_brought_up_to_date_a_few_times() -> None:
    step = "def step(s):\n    board = Board()\n{shows}    return {{'x': s['topic']}}\n"
    seldom, often = (seen(DISPLAY + step.format(shows="    board.show(s)\n" * times))[1] for times in (9, 30))
    added = [[call.location.at for call in summary.calls if call.method == "add"] for summary in (seldom, often)]
    assert added[0] == added[1] != []
    assert [access.symbol.access_path for access in often.accesses] == [("topic",)]
    assert often.complete


def test_what_takes_nothing_and_changes_something_is_always_run() -> None:
    source = "def step(s):\n    log = []\n    def note():\n        log.append(s)\n" + "    note()\n" * 5
    assert needs(source + "    return {'x': log[4]['topic']}\n") == "topic"


def test_what_takes_nothing_and_gives_something_is_always_run() -> None:
    source = "def step(s):\n    def topic():\n        return s['topic']\n" + "    topic()\n" * 5
    assert needs(source + "    return {'x': topic()['title']}\n") == "topic"


def test_a_framework_in_its_own_source_builds_nothing() -> None:
    own = "class Graph:\n    def add(self, x):\n        self.x = x\n\ndef make():\n    Graph().add(1)\n    unknown()\n"
    taken = "from framework import Graph\n\ndef make():\n    Graph().add(1)\n    unknown()\n"
    entered = [bool(ran(source).interpreter.analyzed) for source in (own, taken)]
    assert entered == [False, True]

from __future__ import annotations

import re

from msgspec.structs import replace

from tests.samples import FINDINGS, LABEL_STATIC, LOOP, OVERWRITE, PROGRAM, at, finding, texts
from wflint.model.finding import Level, Observation
from wflint.model.program import Program
from wflint.model.site import Site
from wflint.model.span import Span
from wflint.model.text import PlainText
from wflint.writers import text
from wflint.writers.summary import statistics, summary

FULL = """\
WF501 [concurrent-write] error: steps "research" and "draft" both write "notes"
  --> ./app/my graph.py:7:1
   |
 5 | builder.add_node("draft", draft)
 6 | builder.add_edge(START, "research")
 7 | builder.add_edge("research", "draft")
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
  ::: ./app/my graph.py:4:1
   |
 4 | builder.add_node("research", research)
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ here is "research" [again]
   |
  ::: ./gone.py:9:1
   | gone
   = width: they run side by side

"""


def shown(path: str) -> str:
    return f"./{path}"


def test_concise_is_one_line_each_without_labels() -> None:
    assert text.concise(FINDINGS, texts, str) == (
        "app/my graph.py:5:1: WF301 [unreachable-step] warning: never reached\n"
        'app/my graph.py:7:1: WF501 [concurrent-write] error: steps "research" and "draft" both write "notes"\n'
    )


def test_a_label_that_is_more_than_a_note_is_listed() -> None:
    loud = replace(LABEL_STATIC, level=Level.WARNING)
    assert text.concise((loud,), texts, str) == "app/my graph.py:7:1: WF952 [likely-static] warning: likely-static\n"
    assert summary((loud,), Program(()), 3) == (
        "1 edge: 1 likely-static, 0 needs-dynamic\nFound 1 finding (1 warning).\n"
    )


def test_full_shows_the_code_and_the_other_places() -> None:
    assert text.full((OVERWRITE, LABEL_STATIC), texts, shown) == FULL


def test_a_place_of_many_lines_is_cut_short() -> None:
    code = "".join(f"line {number}\n" for number in range(1, 20))
    long = finding("WF301", Observation("long", Span("a.py", 3, 2, 15, 4), key=("x",)))
    assert text.full((long,), lambda _path: PlainText(lambda: code), str) == (
        "WF301 [unreachable-step] warning: long\n"
        " --> a.py:3:2\n"
        "  |\n"
        "1 | line 1\n"
        "2 | line 2\n"
        "3 | line 3\n"
        "  |  ^^^^^\n"
        "4 | line 4\n"
        "5 | line 5\n"
        "6 | line 6\n"
        "7 | line 7\n"
        "  | ...\n"
        "  |\n"
        "\n"
    )


def test_paint_adds_colours_and_nothing_else() -> None:
    plain = text.full((LOOP, OVERWRITE), texts, str)
    painted = text.paint(plain)
    assert painted != plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain


def test_the_summary_counts_edges_apart() -> None:
    assert summary(FINDINGS, PROGRAM, 3) == (
        "2 edges: 1 likely-static, 1 needs-dynamic\nFound 2 findings (1 error, 1 warning).\n"
    )


def test_the_summary_of_silence() -> None:
    looked_at = "No findings in 1 workflow (2 steps, 4 edges, 3 rules).\n"
    assert summary((), PROGRAM, 3) == looked_at
    assert summary((LABEL_STATIC,), PROGRAM, 3) == "1 edge: 1 likely-static, 0 needs-dynamic\n" + looked_at


def test_the_summary_where_nothing_is_recovered_claims_nothing() -> None:
    lost = Program((), sites=(Site(at(3), "langgraph", "StateGraph"),))
    assert summary((), lost, 3) == (
        "Coverage: 0 of 1 construction site recovered, 0 of 0 steps known, 0 open edges\n"
        "Nothing was checked: no workflow was recovered from 1 construction site.\n"
    )


def test_statistics_count_by_rule() -> None:
    again = finding("WF501", OVERWRITE.observation, Level.ERROR)
    assert statistics((*FINDINGS, again)) == (
        "2  WF501  error    concurrent-write\n"
        "1  WF301  warning  unreachable-step\n"
        "\n"
        "1  WF951  note     needs-dynamic\n"
        "1  WF952  note     likely-static\n"
    )

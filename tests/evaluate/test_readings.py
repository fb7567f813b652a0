"""What is told of a step as a whole."""

from __future__ import annotations

from tests.evaluate.programs import ran
from tests.evaluate.readings import PRELUDE, needs, seen, writes
from wflint.assembly.contracts.effects import read_set
from wflint.assembly.function_summary import summarize
from wflint.evaluate.events import inputs
from wflint.evaluate.values import Location


def test_what_is_set_first_is_not_asked_for() -> None:
    assert needs("def step(s):\n    s['draft'] = 'x'\n    return {'x': s['draft'] + s['topic']}\n") == "topic"


def test_what_is_perhaps_set_first_is_asked_for() -> None:
    assert (
        needs("def step(s):\n    if s['topic']:\n        s['draft'] = 'x'\n    return {'x': s['draft']}\n")
        == "topic draft"
    )


def test_the_type_of_a_need_and_of_an_offer() -> None:
    interp, summary = seen("def step(s: State): return {'draft': s['topic'], 'notes': [s['plan'].title]}\n")
    assert [(need.name, need.type) for need in read_set(summary, interp)] == [("topic", "str"), ("plan", "Plan")]
    gathered = writes("def step(s: State): return {'draft': s['topic'], 'notes': [s['plan'].title]}\n")
    assert [(offer.name, offer.type) for offer in gathered.offers()] == [("draft", "str"), ("notes", "list")]


def test_routes_tell_what_was_known_on_the_way() -> None:
    _, summary = seen("def step(s):\n    if s.get('draft'):\n        return 'done'\n    return 'again'\n")
    assert [
        (site.certain, sorted(symbol.access_path[0] for symbol in inputs(site.narrowing))) for site in summary.returns
    ] == [
        (False, ["draft"]),
        (False, []),
    ]


def test_code_of_a_library_is_not_read() -> None:
    program = ran(PRELUDE + "step = model.invoke\n")
    assert summarize(program.interpreter, program.value("step"), None, Location(program.module(), (0, 0))) is None


def test_a_step_that_takes_too_long_is_not_complete() -> None:
    source = (
        "def step(s):\n"
        + "".join(f"{'    ' * (n + 1)}for a{n} in range(100):\n" for n in range(6))
        + "                            s['topic']\n"
    )
    assert needs(source) == "topic ..."

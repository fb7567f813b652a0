"""A call that is made again gives what it would give if it were run again."""

from __future__ import annotations

import sys

import pytest

from tests.evaluate.programs import ran
from tests.evaluate.showing import show, show_event
from wflint.assembly.function_summary import summarize
from wflint.evaluate import call_memory
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.values import Function


@pytest.fixture(autouse=True)
def _eager(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_memory, "FEWEST_STEPS", 0)
    monkeypatch.setattr(call_memory, "MOST_FOR_NOTHING", sys.maxsize)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "def f(n):\n    return [n]\na = f(1)\nb = f(1)\na.append(2)", {"a": "[1, 2]", "b": "[1]"}, id="own"
        ),
        pytest.param(
            "k = 1\ndef f(n):\n    return n + k\na = f(1)\nk = 2\nb = f(1)", {"a": "2", "b": "3"}, id="a global"
        ),
        pytest.param(
            "def f(n):\n    return size\na = f(1)\nsize = 2\nb = f(1)",
            {"a": "?(`size` is not defined in the source)", "b": "2"},
            id="a name that comes later",
        ),
        pytest.param(
            "known = {'a': [1]}\ndef f():\n    return len(known['a'])\na = f()\nknown['a'].append(2)\nb = f()",
            {"a": "1", "b": "2"},
            id="within a global",
        ),
        pytest.param(
            "class P:\n    n = 1\n    def f(self):\n        return self.n\np = P()\na = p.f()\nP.n = 2\nb = p.f()\n"
            "p.n = 3\nc = p.f()",
            {"a": "1", "b": "2", "c": "3"},
            id="an attribute",
        ),
        pytest.param(
            "def f(n, seen=[]):\n    seen.append(n)\n    return len(seen)\na = f(1)\nb = f(1)",
            {"a": "1", "b": "2"},
            id="a default that changes",
        ),
        pytest.param(
            "log = []\ndef f(n):\n    log.append(n)\n    return n\na = f(1)\nb = f(1)",
            {"log": "[1, 1]"},
            id="an effect",
        ),
        pytest.param(
            "def outer(n):\n    def inner():\n        return n\n    a = inner()\n    n = 2\n    return [a, inner()]\n"
            "a = outer(1)",
            {"a": "[1, 2]"},
            id="a closure",
        ),
        pytest.param(
            "def f(n):\n    return [n]\ndef g(given):\n    return given\nx = [1]\ny = [1]\na = g(x)\nb = g(y)\n"
            "b.append(2)",
            {"a": "[1]", "b": "[1, 2]"},
            id="what is handed back",
        ),
        pytest.param(
            "k = 1\ndef f():\n    return k\nif choose():\n    k = 2\n    a = f()\nelse:\n    a = f()\nb = f()",
            {"a": "2 | 1", "b": "2 | 1"},
            id="in the arms of a branch",
        ),
    ],
)
def test_what_has_changed_counts(source: str, expected: dict[str, str]) -> None:
    content = ran(source).module().scope.content
    assert {name: show(content[name]) for name in expected} == expected


def test_a_builder_is_made_as_often_as_its_factory_is_called() -> None:
    source = (
        "from framework import Graph\ndef make(n):\n    graph = Graph()\n    graph.add(n)\n    return graph\n"
        "a = make(1)\nb = make(1)\n"
    )
    program = ran(source)
    assert len(program.interpreter.objects) == 2
    assert [show_event(each) for each in program.interpreter.api_calls] == ["add(1)", "add(1)"]


def test_an_observer_sees_a_call_again() -> None:
    source = (
        "import requests\ndef fetch(url):\n    return requests.get(url)\ndef step(state):\n"
        "    a = fetch('x')\n    if state['again']:\n        a = fetch('x')\n    return a\n"
    )
    seen = _calls(source)
    assert [(call.path, call.certain, len(call.within)) for call in seen] == [
        ("requests.get", True, 1),
        ("requests.get", False, 1),
    ]
    assert [record.location.span.line for call in seen for record in call.within] == [5, 7]


def _calls(source: str) -> tuple[LibraryCall, ...]:
    program = ran(source)
    step = program.module().scope.content["step"]
    assert isinstance(step, Function)
    summary = summarize(program.interpreter, step, None, step.location)
    assert summary is not None
    return summary.calls

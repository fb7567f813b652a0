"""What is edited where nobody has looked costs no evaluation; what comes of it is that of a run from nothing."""

from __future__ import annotations

import ast
import keyword
import random
import re
import shutil
from pathlib import Path

import pytest

from tests.recovery.edited import Repo

FIXTURES = Path(__file__).parents[2] / "fixtures"

FLOW = '''
from typing import TypedDict
from langgraph.graph import END, START, StateGraph
from words import tidy

class State(TypedDict):
    topic: str
    text: str
    notes: str

class Printer:
    """Shows texts."""

    def show(self, text: str) -> None:
        print(text)

def write(state: State):
    """Write it."""
    return {"text": tidy(state["topic"])}

def publish(state: State):
    return {"notes": state["link"]}

def report(text: str, times: int = 1) -> str:
    """The text."""
    return text.upper() * times

def unused() -> None:
    pass

builder = StateGraph(State)
builder.add_node("write", write)
builder.add_node("publish", publish)
builder.add_edge(START, "write")
builder.add_edge("write", "publish")
builder.add_edge("publish", END)
graph = builder.compile()
'''
WORDS = """
def tidy(text):
    return text.strip()

def shout(text):
    return text.upper()
"""
REPOSITORY = {"flow.py": FLOW, "words.py": WORDS, "more.py": "import flow\n\nprint(flow.graph)\n"}


def edited(old: str, new: str, text: str = FLOW) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("flow.py", "# Writes.\n" + FLOW, id="a comment above"),
        pytest.param(
            "flow.py",
            edited('    return {"notes": ', '    # at last\n\n    return { "notes" : '),
            id="layout",
        ),
        pytest.param(
            "flow.py",
            edited('tidy(state["topic"])', 'tidy(\n        state[\n            "topic"\n        ],\n    )'),
            id="lines",
        ),
        pytest.param("flow.py", edited("text.upper() * times", 'f"{text}" if times else ""'), id="an idle body"),
        pytest.param(
            "flow.py", edited("print(text)", "for each in text:\n            print(each)"), id="an idle method"
        ),
        pytest.param("flow.py", edited("\ndef unused() -> None:\n    pass\n", ""), id="an idle function goes"),
        pytest.param(
            "flow.py", FLOW + "\ndef added(value: int = 1) -> int:\n    return report(value)\n", id="one comes"
        ),
        pytest.param("words.py", edited("text.upper()", "text.lower()", WORDS), id="in another file"),
        pytest.param("words.py", "def added(text):\n    return text\n\n" + WORDS, id="one comes in another file"),
        pytest.param(
            "flow.py",
            edited('state["link"]}', 'state["link"]}  # wflint: ignore[WF101] set by hand'),
            id="a comment to us",
        ),
    ],
)
def test_nothing_is_evaluated_again(repo: Repo, path: str, text: str) -> None:
    repo.write(REPOSITORY)
    before = repo.check()
    assert "WF101" in before
    repo.write({path: text})
    after = repo.check()
    assert repo.evaluated == []
    assert after == repo.check(fresh=True)
    repo.write(REPOSITORY)
    assert repo.check() == before
    assert repo.evaluated == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("flow.py", edited('state["link"]', 'state["text"]'), id="a step"),
        pytest.param("flow.py", edited("Write it.", "Write it well."), id="what is said of a step"),
        pytest.param("words.py", edited("text.strip()", "text", WORDS), id="what a step calls"),
        pytest.param("flow.py", edited("times: int = 1", "times: int = 2"), id="a default"),
        pytest.param("flow.py", edited("return text.upper() * times", "yield text"), id="what calling it gives"),
        pytest.param("flow.py", edited("def report", "@print\ndef report"), id="a decorator"),
        pytest.param("flow.py", edited("    pass\n", "    return StateGraph(State).compile()\n"), id="it builds"),
        pytest.param("flow.py", edited("    pass\n", "    graph.invoke({})\n"), id="it runs one"),
        pytest.param("flow.py", edited("    pass\n", "    import words\n"), id="it imports"),
        pytest.param("flow.py", FLOW + "\ndef tidy(text):\n    return text\n", id="a name that is asked for"),
        pytest.param("flow.py", FLOW + "\ndef __getattr__(name):\n    return name\n", id="a name with a meaning"),
        pytest.param("flow.py", FLOW + "\ndef added(value=print(1)):\n    return value\n", id="a default that is run"),
        pytest.param(
            "flow.py",
            edited('\ndef publish(state: State):\n    return {"notes": state["link"]}\n', ""),
            id="a step goes",
        ),
        pytest.param("flow.py", FLOW + "\nEDITED = 1\n", id="a statement of the module"),
    ],
)
def test_what_may_matter_is_evaluated(repo: Repo, path: str, text: str) -> None:
    repo.write(REPOSITORY)
    repo.check()
    repo.write({path: text})
    after = repo.check()
    assert repo.evaluated == [("flow.py", "more.py")]
    assert after == repo.check(fresh=True)


def test_a_function_comes_that_another_file_asks_for(repo: Repo) -> None:
    repo.write({**REPOSITORY, "more.py": "import flow\n\nprint(flow.graph, flow.added)\n"})
    repo.check()
    repo.write({"flow.py": FLOW + "\ndef added():\n    pass\n"})
    after = repo.check()
    assert repo.evaluated != []
    assert after == repo.check(fresh=True)


# ---------------------------------------------------------------------------------------- any edit


def _inserted(chance: random.Random, text: str, names: list[str]) -> str:
    """The text with something before a statement of a function."""
    bodies = [
        node.body for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    if not bodies:
        return text
    first = chance.choice(chance.choice(bodies))
    line = (
        "{0} = 1", "{0}({1})", "print({0}.{1})", "self.{0}", "return {0}", "yield {0}", "import {0}", "'{0}'", "# {0}",
        "", "if {0}: {1}()", "def {0}(): return {1}", "raise ValueError({0})",
    )  # fmt: skip
    new = chance.choice(line).format(chance.choice(names), chance.choice(names))
    lines = text.split("\n")
    lines.insert(first.lineno - 1, " " * first.col_offset + new)
    return "\n".join(lines)


def _appended(chance: random.Random, text: str, names: list[str]) -> str:
    name = chance.choice([f"added_{chance.randrange(99)}", chance.choice(names)])
    return f"{text}\n\ndef {name}(value: int) -> int:\n    return {chance.choice(names)}({chance.choice(names)})\n"


def _removed(chance: random.Random, text: str, names: list[str]) -> str:
    del names
    functions = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and not node.decorator_list]
    if not functions:
        return text
    gone = chance.choice(functions)
    lines = text.split("\n")
    del lines[gone.lineno - 1 : gone.end_lineno]
    return "\n".join(lines)


def _laid_out(chance: random.Random, text: str, names: list[str]) -> str:
    """The text as Python itself would write it, below a comment."""
    return f"# {chance.choice(names)}\n\n{ast.unparse(ast.parse(text))}\n"


EDITS = (_inserted, _inserted, _appended, _removed, _laid_out)


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["crewai", "google-adk", "haystack", "pydantic-graph", "openai-agents"])
def test_an_edit_comes_to_what_a_fresh_run_comes_to(repo: Repo, folder: str) -> None:
    shutil.copytree(FIXTURES / folder, repo.root)
    chance = random.Random(folder)  # noqa: S311 - any will do
    files = sorted(repo.root.rglob("*.py"))
    repo.check()
    for _ in range(5):
        place = chance.choice(files)
        text = place.read_text(encoding="utf-8")
        names = sorted(name for name in set(re.findall(r"[A-Za-z_]\w*", text)) if not keyword.iskeyword(name))
        new = chance.choice(EDITS)(chance, text, names)
        try:
            compile(new, "edited", "exec")
        except SyntaxError:
            continue
        place.write_text(new, encoding="utf-8")
        assert repo.check() == repo.check(fresh=True), f"{place}:\n{new}"

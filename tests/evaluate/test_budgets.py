"""Hostile and merely large programs end soon, and in something unknown."""

from __future__ import annotations

import pytest

from tests.evaluate.programs import ran
from tests.evaluate.showing import show
from wflint.evaluate.budget import Budget
from wflint.evaluate.partials import MOST_NESTED
from wflint.evaluate.values import Const, Mapping, Partial, Sequence, Text, Value, alternatives

MOST_WORK = 200_000
"""Nodes evaluated in all, a few times the budget of one module: budgets are renewed for what is loaded or called."""

LONGEST = 1_000_000
"""More characters than any text may have after the run."""

PROGRAMS = [
    pytest.param("while True:\n    x = 1\n", id="an endless loop"),
    pytest.param("n = 0\nwhile n >= 0:\n    n += 1\n", id="an endless count"),
    pytest.param("def f():\n    return f()\nx = f()\n", id="endless recursion"),
    pytest.param("def f(n):\n    return f(n + 1) + f(n + 2)\nx = f(0)\n", id="branching recursion"),
    pytest.param(
        "def f0():\n    return 1\n"
        + "".join(f"def f{n}():\n    return f{n - 1}() + f{n - 1}() + f{n - 1}()\n" for n in range(1, 40))
        + "x = f39()\n",
        id="helpers that call helpers, three times each",
    ),
    pytest.param("x = [1]\n" + "x += x\n" * 60, id="a list that doubles in place"),
    pytest.param("x = [1]\n" + "x = x + x\n" * 60, id="a list that doubles"),
    pytest.param("x = [1]\n" + "x.extend(x)\n" * 60, id="a list that doubles itself by a method"),
    pytest.param("x = [1]\n" + "x = x * 4\n" * 60, id="a list that repeats"),
    pytest.param("x = [1]\n" + "x = [*x, *x]\n" * 60, id="a list that spreads twice"),
    pytest.param("x = 'a'\n" + "x = x + x\n" * 60, id="a text that doubles"),
    pytest.param("x = 'a'\n" + "x = f'{x}{x}'\n" * 60, id="an f-string that doubles"),
    pytest.param("x = 'a'\n" + "x = x.replace('a', 'aa')\n" * 60, id="a text that grows by replacing"),
    pytest.param("x = 'a'\n" + "x = x.join([x, x, x])\n" * 60, id="a text that joins itself"),
    pytest.param("x = unknown + 'a'\n" + "x = x + x\n" * 60, id="a text with a hole that doubles"),
    pytest.param("x = unknown\n" + "x = f'{x}{x}'\n" * 60, id="nothing but holes that double"),
    pytest.param("x = '{:>2000000000}'.format(1)\n", id="padding by a format"),
    pytest.param("x = f'{1:>2000000000}'\n", id="padding by an f-string"),
    pytest.param("x = '%2000000000d' % 1\n", id="padding by a percent sign"),
    pytest.param("x = 'a'.ljust(2000000000)\n", id="padding by a method"),
    pytest.param("x = 'a' * 2000000000\n", id="a text repeated"),
    pytest.param("x = [0] * 2000000000\n", id="a list repeated"),
    pytest.param("x = 9 ** 9 ** 9\n", id="a power"),
    pytest.param("x = 2\n" + "x = x * x\n" * 60, id="a number that squares itself"),
    pytest.param("x = 1 << 10 ** 10\n", id="a shift"),
    pytest.param("x = list(range(10 ** 12))\n", id="a long range"),
    pytest.param("x = [y for y in range(10 ** 12)]\n", id="a comprehension over a long range"),
    pytest.param(
        "x = [a for a in range(256) for b in range(256) for c in range(256) for d in range(256)]\n",
        id="nested generators",
    ),
    pytest.param(
        "x = 0\n" + "".join("    " * n + f"for a{n} in range(200):\n" for n in range(8)) + "    " * 8 + "x += 1\n",
        id="nested loops",
    ),
    pytest.param("x = " + "(" * 90 + "1" + ")" * 90 + "\n", id="brackets"),
    pytest.param("x = " + "-" * 500 + "1\n", id="signs"),
    pytest.param("x = " + "[" * 80 + "]" * 80 + "\n", id="lists in lists"),
    pytest.param("x = 1" + " + 1" * 5_000 + "\n", id="a long sum"),
    pytest.param("x = a" + ".b" * 1_000 + "\n", id="a long chain of attributes"),
    pytest.param("x = a" + ".b()" * 1_000 + "\n", id="a long chain of calls"),
    pytest.param("import a\nx = a" + ".b()" * 1_000 + "\n", id="a long chain of library calls"),
    pytest.param("x = [" + "1, " * 5_000 + "]\n", id="a long list"),
    pytest.param("x = {" + ", ".join(f"'k{n}': {n}" for n in range(5_000)) + "}\n", id="a long dict"),
    pytest.param("".join(f"if u{n}:\n    x = {n}\n" for n in range(1_000)), id="many branches"),
    pytest.param("".join(f"if u{n}:\n    x = {n}\nelse:\n    y = x\n" for n in range(300)), id="branches that copy"),
    pytest.param("x = []\n" + "".join(f"if u{n}:\n    x.append({n})\n" for n in range(500)), id="branches that append"),
    pytest.param(
        "x = []\n" + "".join(f"if u{n}:\n    x = [*x, {n}]\nelse:\n    x = [{n}, *x]\n" for n in range(60)),
        id="branches that build two lists of one",
    ),
    pytest.param(
        "x = [0]\n" + "".join(f"if u{n}:\n    x.append({n})\nelse:\n    x.insert(0, {n})\n" for n in range(90)),
        id="branches that add at either end",
    ),
    pytest.param(
        "x = []\n" + "".join(f"if u{n}:\n    x = [{n}]\n" for n in range(60)) + "x.append(1)\n" * 40,
        id="one of many lists changed again and again",
    ),
    pytest.param(
        "x = 'a'\n" + "".join(f"x = x + '{n}' if u{n} else x\n" for n in range(60)),
        id="texts of a branch each",
    ),
    pytest.param("x = (0, 1)\n" + "x = (x, x)\n" * 60, id="a tuple that nests itself twice"),
    pytest.param("x = []\nx.append(x)\ny = x == x\nz = str(x)\n", id="a list in itself"),
    pytest.param("x = {}\nx['x'] = x\ny = {}\ny['x'] = y\nz = x == y\n", id="dicts in themselves"),
    pytest.param(
        "x = []\ny = []\nx.append(y)\ny.append(x)\nz = x == y\nfor a in x:\n    x = a\n", id="lists in each other"
    ),
    pytest.param("from copy import deepcopy\nx = [1]\n" + "x = [x, x]\n" * 30 + "y = deepcopy(x)\n", id="a deep copy"),
    pytest.param("class A(A):\n    pass\nx = A().y\n", id="a class that inherits from itself"),
    pytest.param("x = lambda: x()\ny = x()\n", id="a lambda that calls itself"),
    pytest.param("def f(g):\n    return g(g)\nx = f(f)\n", id="self application"),
    pytest.param("def d(f):\n    return d(f)\n@d\ndef x(): pass\n", id="a decorator that never ends"),
    pytest.param(
        "class A:\n    def __init__(self):\n        self.a = A()\nx = A()\n", id="objects that make themselves"
    ),
    pytest.param(
        "class A:\n    @property\n    def b(self):\n        return self.b\nx = A().b\n",
        id="a property that reads itself",
    ),
    pytest.param(
        "class A:\n    def __getitem__(self, k):\n        return self[k]\nx = A()[1]\n", id="an item that reads itself"
    ),
    pytest.param(
        "def f(n):\n    x = [n]\n    for y in x:\n        x.append(y)\n    return x\nx = f(1)\n",
        id="a loop that feeds itself",
    ),
    pytest.param("x = {1}\nfor y in x:\n    x.add(y + 1)\n", id="a set that feeds itself"),
    pytest.param(
        "q = [1]\nwhile q:\n    n = q.pop()\n    q.append(n + 1)\n    q.append(n + 2)\n", id="a work list without end"
    ),
    pytest.param("def g():\n    yield from g()\nx = list(g())\n", id="a generator of itself"),
    pytest.param("x = [[1] * 4000] * 4000\ny = [z for w in x for z in w]\n", id="a product of lists"),
    pytest.param("x = sorted(range(256), key=lambda n: [m for m in range(256)])\n", id="a costly key"),
]


@pytest.mark.slow
@pytest.mark.parametrize("source", PROGRAMS)
def test_it_ends(source: str) -> None:
    work = Counting()
    finished = ran(source, work)
    assert work.total <= MOST_WORK
    content = finished.module().scope.content
    assert all(_size(value, 3) < LONGEST for value in content.values())


class Counting(Budget):
    """A budget that remembers what was spent before it was renewed."""

    total = 0

    def spend(self) -> bool:
        self.total += 1
        return super().spend()


def _size(value: Value, depth: int) -> int:
    """Characters and elements of a value, some containers deep."""
    match value:
        case Const(value=str(text)):
            return len(text)
        case Text(parts=parts):
            return sum(_size(part, depth) for part in parts)
        case Sequence(content=items) if depth:
            return len(items) + max((_size(item, depth - 1) for item in items[:100]), default=0)
        case Mapping(content=entries) if depth:
            return len(entries) + max((_size(item, depth - 1) for item in list(entries.values())[:100]), default=0)
        case _:
            return len(alternatives(value))


def test_used_up_steps_are_said() -> None:
    budget = Budget(steps=50, statements=4)
    finished = ran("".join(f"x{n} = {n}\n" for n in range(200)), budget)
    [cut] = budget.cuts.values()
    assert (cut.subject, cut.location.span.line) == ("the code from here on", 101)
    assert show(finished.value("x1")) == "1"
    assert show(finished.value("x199")) == "?(`x199` is not defined in the source)"


def test_a_loop_that_is_cut_short_leaves_the_statement_after_it_running() -> None:
    source = """
def main():
    box = ["first"]
    spoil(box)
    return box, "reached"

def spoil(box):
    for n in range(250):
        for m in range(250):
            weigh(n, m)
    box.append("later")

def weigh(a, b):
    return a * 3 + b * 5

box, after = main()
"""
    budget = Budget()
    finished = ran(source, budget)
    assert show(finished.value("after")) == "'reached'"
    assert show(finished.value("box")) == "['first', 'later']"
    assert '"spoil"' not in {cut.subject for cut in budget.cuts.values()}


def test_a_call_that_is_cut_short_may_have_changed_what_it_was_given() -> None:
    source = "def weigh(a, b):\n    return a * 3 + b * 5\ndef spoil(box):\n"
    source += "".join(f"    weigh({n}, 2)\n" for n in range(300)) + "    box.append('later')\n"
    finished = ran(source + "box = ['first']\nspoil(box)\nafter = box\n", Budget(steps=1_000, spare=0))
    assert show(finished.value("after")) == "['first', *?(changed by code that was cut short)]"


def test_a_loop_that_is_cut_short_may_have_done_more() -> None:
    source = """
def weigh(a, b):
    return a * 3 + b * 5

table, total, other = {}, 0, "kept"
for a in range(250):
    for b in range(250):
        table[a, b] = weigh(a, b)
        total += 1
done = True
"""
    finished = ran(source)
    assert show(finished.value("done")) == "True"
    assert show(finished.value("other")) == "'kept'"
    assert "?" in show(finished.value("table"))
    assert "?" in show(finished.value("total"))


def test_a_module_has_a_budget_of_its_own() -> None:
    heavy = "def f(n):\n    return f(n + 1) + f(n + 2)\nx = f(0)\n" * 3
    finished = ran("import json\n" + heavy + "last = 'reached'\n")
    assert show(finished.value("last")) == "'reached'"


@pytest.mark.parametrize("options", [64, 65])
def test_too_many_alternatives_are_unknown(options: int) -> None:
    source = "x = 0\n" + "".join(f"if u{n}:\n    x = {n}\n" for n in range(1, options))
    shown = show(ran(source).value("x"))
    assert shown == (
        "?(too many alternatives)" if options > 64 else " | ".join(str(n) for n in range(options - 1, -1, -1))
    )


@pytest.mark.parametrize(
    ("source", "depth"),
    [
        ("f = partial(f, 1)\n" * 900, 900),
        ("f = partial(f, 1)\n" * (MOST_NESTED + 5), 4),
        ("f = partial(print, f)\n" * (MOST_NESTED + 5), 4),
    ],
    ids=["many", "of each other, too many", "given to each other, too many"],
)
def test_partial_calls_within_each_other(source: str, depth: int) -> None:
    value = ran("from functools import partial\ndef f(n):\n    return n\n" + source, Budget(statements=8)).value("f")
    assert isinstance(value, Partial)
    assert value.depth == depth


HEAVY = (
    "def heavy(n, box):\n" + "".join(f"    a{n} = (n, {n})\n" for n in range(120)) + "    box.append(n)\n    return n\n"
)
"""A function that builds nothing, and costs some five hundred steps."""


def test_a_loop_that_would_run_out_is_gone_through_once_for_all_rounds_that_are_left() -> None:
    budget = Budget(spare=0)
    loop = "box = []\nfor n in range(200):\n    Graph()\n    heavy(n, box)\nafter = 'reached'\n"
    finished = ran("from framework import Graph\n" + HEAVY + loop, budget)
    assert not budget.cuts
    assert show(finished.value("after")) == "'reached'"
    assert show(finished.value("box")).startswith("[0, *")
    assert len(finished.interpreter.objects) < 10


def test_rounds_that_add_to_what_was_begun_before_the_loop_are_run_one_by_one() -> None:
    budget = Budget(spare=0)
    loop = "graph, box = Graph(), []\nfor n in range(20):\n    graph.add(n)\n    heavy(n, box)\n"
    finished = ran("from framework import Graph\n" + HEAVY + loop, budget)
    added = [show(api_call.arguments.positional[0]) for api_call in finished.interpreter.api_calls]
    assert added == [str(n) for n in range(20)]


def test_what_has_built_nothing_is_not_followed_any_more_when_little_is_left() -> None:
    budget = Budget(spare=0)
    calls = "def main(box):\n" + "    heavy(1, box)\n" * 60 + "    return box, Graph()\nbox, graph = main(['first'])\n"
    finished = ran("from framework import Graph\n" + HEAVY + calls, budget)
    assert not budget.cuts
    assert len(finished.interpreter.objects) == 1
    shown = show(finished.value("box"))
    assert shown.startswith("['first', 1, 1, ")
    assert "?(changed by a call not followed)" in shown


def test_what_is_spared_is_there_for_all_together() -> None:
    budget = Budget(steps=1_000, statements=100, spare=4_000)
    calls = "".join(
        f"def f{n}():\n    heavy({n}, [])\n    heavy({n}, [])\n    heavy({n}, [])\n    return Graph()\n"
        for n in range(9)
    )
    ran("from framework import Graph\n" + HEAVY + calls + "".join(f"x{n} = f{n}()\n" for n in range(9)), budget)
    assert 0 < budget.spare < 4_000


def test_loops_within_each_other_cost_little_more_than_their_code() -> None:
    budget = Budget()
    nest = "".join("    " * n + f"for a{n} in unknown{n}:\n" for n in range(12))
    body = "".join("    " * 12 + line + "\n" for line in ("graph.add(last)", "last = a0"))
    finished = ran("from framework import Graph\ngraph, last = Graph(), 'start'\n" + nest + body, budget)
    added = {show(api_call.arguments.positional[0]) for api_call in finished.interpreter.api_calls}
    assert not budget.cuts
    assert "'start'" in added
    assert any("?" in each for each in added)


def test_loops_nested_deeper_than_python_takes_are_not_run() -> None:
    budget = Budget()
    nest = "".join(" " * n + f"for a{n} in unknown{n}:\n" for n in range(60))
    finished = ran("box = ['first']\n" + nest + " " * 60 + "box.append('deep')\nafter = box\n", budget)
    assert [cut.location.span.line for cut in budget.cuts.values()] == [23]
    assert show(finished.value("after")) == "['first', *?(changed by code that was cut short)]"

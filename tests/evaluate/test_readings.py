"""What is seen of a step's code, terse.

A field that is asked for shows as `x`, `x?` where the code copes without it, `x~` where it is asked for on some runs
only. A field that is written shows as `x`, `x~` where only some runs write it, `x<y` where it is computed from `y`.
"""

from __future__ import annotations

import pytest

from tests.evaluate.programs import ran
from wflint.assembly.contracts import Writes, mutations_of, needs_of, needs_open
from wflint.assembly.reading import Reading, read
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Place
from wflint.model.contract import Certainty, Need, Offer

PRELUDE = """
from dataclasses import dataclass, field, replace
from typing import Annotated, Literal, TypedDict
from pydantic import BaseModel
from elsewhere import model, tool

class Plan(BaseModel):
    tasks: list[str]
    title: str = ""

class State(TypedDict, total=False):
    topic: str
    notes: list[str]
    draft: str
    plan: Plan
    kind: Literal["a", "b"]

class Model(BaseModel):
    topic: str
    draft: str = ""

@dataclass
class Data:
    topic: str
    draft: str = ""

"""


def seen(source: str) -> tuple[Interpreter, Reading]:
    """What is seen of `step`."""
    program = ran(PRELUDE + source)
    step, state = program.value("step"), program.value("State")
    handed_over = Place(program.module(), (0, 0))
    reading = read(program.interpreter, step, state, handed_over)
    assert reading is not None
    return program.interpreter, reading


def needs(source: str) -> str:
    """The fields asked for, in order of use; `...` where there may be more."""
    interp, reading = seen(source)
    shown = [_need(need) for need in needs_of(reading, interp)]
    return " ".join([*shown, "..."] if needs_open(reading) else shown)


def _need(need: Need) -> str:
    parts = "".join(f".{part}" for part in need.attributes)
    return f"{need.name}{'' if need.required else '?'}{'' if need.certainty is Certainty.CERTAIN else '~'}{parts}"


def writes(source: str) -> Writes:
    """The returned updates, gathered."""
    _, reading = seen(source)
    gathered = Writes(reading.root, reading.place)
    for site in reading.returns:
        gathered.add(site.value, site.place, site.certain)
    return gathered


def offers(source: str) -> str:
    """The fields written; `...` where there may be more, `*` where the whole input goes on."""
    gathered = writes(source)
    shown = [_offer(offer) for offer in gathered.offers()]
    shown += ["*"] * gathered.forwards + ["..."] * gathered.open
    return " ".join(shown + [f"({bad.shape})" for bad in gathered.bad])


def _offer(offer: Offer) -> str:
    derived = "".join(f"<{name}" for name in offer.derived_from)
    return f"{offer.name}{'' if offer.certainty is Certainty.CERTAIN else '~'}{derived}"


READS = [
    pytest.param("def step(s): return {'x': s['topic']}", "topic", id="by index"),
    pytest.param("def step(s): return {'x': s.get('topic')}", "topic?", id="by get"),
    pytest.param("def step(s): return {'x': s.get('topic', 'none')}", "topic?", id="by get with a default"),
    pytest.param("def step(s: Model): return {'x': s.topic}", "topic", id="by attribute"),
    pytest.param("def step(s: Data): return {'x': s.topic}", "topic", id="by attribute of a dataclass"),
    pytest.param("def step(s): return {'x': getattr(s, 'topic')}", "topic", id="by getattr"),
    pytest.param("def step(s): return {'x': getattr(s, 'topic', None)}", "topic?", id="by getattr with a default"),
    pytest.param("def step(s): return {'x': f'about {s[\"topic\"]}'}", "topic", id="in an f-string"),
    pytest.param("def step(s): return {'x': model.invoke(s['topic'])}", "topic", id="handed to a library"),
    pytest.param("def step(s): return {'x': [n for n in s['notes']]}", "notes", id="in a loop"),
    pytest.param(
        "def step(s):\n    for n in s['notes']:\n        n = s['topic']\n", "notes topic~", id="inside a loop"
    ),
    pytest.param("def step(s): return {'x': s['plan'].tasks}", "plan.tasks", id="a part of it"),
    pytest.param("def step(s): return {'x': s['plan'].tasks[0].name}", "plan.tasks", id="a part of a part"),
    pytest.param("def step(s): return {'x': s['notes'][-1]}", "notes", id="an element of it"),
    pytest.param("def step(s):\n    t, n = s['topic'], s['notes']\n", "topic notes", id="two at once"),
    pytest.param(
        "def step(s):\n    if s['topic']:\n        return {'x': s['draft']}\n", "topic draft~", id="in a branch"
    ),
    pytest.param(
        "def step(s):\n    return s['draft'] if s['topic'] else None\n", "topic draft~", id="in a conditional"
    ),
    pytest.param("def step(s):\n    return s['topic'] and s['draft']\n", "topic draft~", id="after an and"),
    pytest.param(
        "def step(s):\n    if s['topic'] == 'x':\n        return {}\n    return {'x': s['draft']}\n",
        "topic draft~",
        id="after an early return",
    ),
    pytest.param(
        "def step(s):\n    if not s['topic']:\n        raise ValueError\n    return {'x': s['draft']}\n",
        "topic draft",
        id="after an early exception",
    ),
    pytest.param("def step(s):\n    s['topic']\n    s['topic']\n", "topic", id="twice"),
    pytest.param("def step(s):\n    s.get('topic')\n    s['topic']\n", "topic", id="softly and then hard"),
    pytest.param("def step(s):\n    k = 'topic'\n    return {'x': s[k]}\n", "topic", id="by a name that is known"),
    pytest.param(
        "def step(s):\n    for k in ('topic', 'draft'):\n        print(s[k])\n", "topic draft", id="by names in a loop"
    ),
    pytest.param("def step(s, k): return {'x': s[k]}", "...", id="by a name that is not known"),
    pytest.param("def step(s): return {'x': list(s)}", "", id="its keys"),
    pytest.param("def step(s): return {'x': [v for k, v in s.items()]}", "...", id="all of it in a loop"),
    pytest.param("def step(s): return {'x': model.invoke(s)}", "...", id="all of it to a library"),
    pytest.param("def step(s): return {'x': tool(**s)}", "...", id="all of it as keyword arguments"),
    pytest.param("def step(s): return {'x': str(s)}", "...", id="all of it as a text"),
    pytest.param(
        "def step(s): return {'x': f'{s}'}",
        "...",
        id="all of it in an f-string",
    ),
    pytest.param("def step(s): return s", "", id="all of it handed on"),
    pytest.param("def step(s): return {**s, 'x': 1}", "", id="all of it spread into the update"),
    pytest.param(
        "def step(s):\n    match s['kind']:\n        case 'a':\n            return s['draft']\n",
        "kind draft~",
        id="in a match",
    ),
    pytest.param(
        "def step(s):\n    match s:\n        case {'topic': t}:\n            return t\n",
        "topic?",
        id="by a pattern",
    ),
    pytest.param("async def step(s):\n    return await model.ainvoke(s['topic'])\n", "topic", id="asynchronously"),
    pytest.param("step = lambda s: {'x': s['topic']}\n", "topic", id="in a lambda"),
    pytest.param("def step(s): return {'x': (lambda q: q['topic'])(s)}", "topic", id="through a lambda"),
    pytest.param("def step(s, config): return {'x': config['topic']}", "", id="of something else"),
    pytest.param("def step(): return {'x': 1}", "", id="no input at all"),
    pytest.param("def step(s):\n    del s['topic']\n", "", id="deleted"),
]


@pytest.mark.parametrize(("source", "expected"), READS)
def test_reads(source: str, expected: str) -> None:
    assert needs(source) == expected


GUARDS = [
    pytest.param("def step(s):\n    if 'topic' in s:\n        return s['topic']\n", "topic?", id="in"),
    pytest.param(
        "def step(s):\n    if 'topic' not in s:\n        return {}\n    return s['topic']\n", "topic?", id="not in"
    ),
    pytest.param("def step(s):\n    if s.get('topic'):\n        return s['topic']\n", "topic?", id="get"),
    pytest.param(
        "def step(s):\n    if s.get('topic') is None:\n        return {}\n    return s['topic']\n",
        "topic?",
        id="get is None",
    ),
    pytest.param("def step(s):\n    return s['topic'] if 'topic' in s else ''\n", "topic?", id="a conditional"),
    pytest.param("def step(s):\n    return 'topic' in s and s['topic']\n", "topic?", id="and"),
    pytest.param(
        "def step(s):\n    try:\n        return s['topic']\n    except KeyError:\n        return ''\n",
        "topic?",
        id="try",
    ),
    pytest.param(
        "def step(s):\n    try:\n        return s['topic']\n    except ValueError:\n        return ''\n",
        "topic",
        id="a try of something else",
    ),
    pytest.param(
        "def step(s):\n    try:\n        pass\n    except KeyError:\n        return s['topic']\n",
        "topic~",
        id="in the handler",
    ),
    pytest.param(
        "def step(s):\n    if 'topic' in s:\n        pass\n    return s['topic']\n", "topic", id="after the test"
    ),
    pytest.param(
        "def step(s):\n    if 'topic' in s:\n        return s['draft']\n", "topic? draft~", id="a test of another field"
    ),
    pytest.param(
        "def step(s: Model):\n    if s.topic is not None:\n        return s.topic\n",
        "topic",
        id="an attribute is there or it is an error",
    ),
    pytest.param("def step(s):\n    if hasattr(s, 'topic'):\n        return s.topic\n", "topic?", id="hasattr"),
    pytest.param("def step(s):\n    s.setdefault('topic', 'x')\n    return s['topic']\n", "topic?", id="setdefault"),
    pytest.param(
        "def step(s):\n    if 'topic' in s and s['topic']:\n        return s['topic']\n",
        "topic?",
        id="a test that goes on",
    ),
    pytest.param(
        "def step(s):\n    if not s.get('topic') or s['topic'] == 'x':\n        return {}\n", "topic?", id="or"
    ),
    pytest.param("def step(s):\n    x = s.get('topic') or s['draft']\n", "topic? draft~", id="a fallback"),
    pytest.param("def step(s):\n    if (t := s.get('topic')):\n        return s['topic']\n", "topic?", id="walrus"),
]


@pytest.mark.parametrize(("source", "expected"), GUARDS)
def test_guarded_reads(source: str, expected: str) -> None:
    assert needs(source) == expected


HELPERS = [
    pytest.param("def help(q): return q['topic']\ndef step(s): return {'x': help(s)}\n", "topic", id="a function"),
    pytest.param(
        "def help(q): return q.get('topic')\ndef step(s): return {'x': help(s)}\n", "topic?", id="a careful function"
    ),
    pytest.param(
        "def help(*a, **k): return k['q']['topic']\ndef step(s): return {'x': help(q=s)}\n", "topic", id="by keyword"
    ),
    pytest.param(
        "def help(topic, **rest): return topic\ndef step(s): return {'x': help(**s)}\n",
        "topic?",
        id="spread into its parameters",
    ),
    pytest.param(
        "class N:\n    def _get(self, s): return s['topic']\n"
        "    def step(self, s): return {'x': self._get(s)}\nstep = N().step\n",
        "topic",
        id="a method",
    ),
    pytest.param(
        "class N:\n    def __call__(self, s): return {'x': s['topic']}\nstep = N()\n", "topic", id="a callable object"
    ),
    pytest.param(
        "from functools import partial\ndef go(llm, s): return {'x': s['topic']}\nstep = partial(go, model)\n",
        "topic",
        id="partial",
    ),
    pytest.param(
        "def deco(f):\n    def inner(s): return f(s)\n    return inner\n@deco\ndef step(s): return {'x': s['topic']}\n",
        "topic",
        id="a decorator",
    ),
    pytest.param(
        "def make(key):\n    def step(s): return {'x': s[key]}\n    return step\nstep = make('topic')\n",
        "topic",
        id="a factory",
    ),
    pytest.param(
        "def a(q): return b(q)\ndef b(q): return c(q)\ndef c(q): return q['topic']\ndef step(s): return {'x': a(s)}\n",
        "topic",
        id="through three",
    ),
    pytest.param("def help(t): return t\ndef step(s): return {'x': help(s['topic'])}\n", "topic", id="a field of it"),
    pytest.param(
        "def help(q):\n    if q['draft']: return q['topic']\ndef step(s): return {'x': help(s)}\n",
        "draft topic~",
        id="a branch inside",
    ),
    pytest.param(
        "def help(q): return help(q['plan'])\ndef step(s): return {'x': help(s)}\n", "plan", id="one that calls itself"
    ),
    pytest.param("def step(s):\n    q = s.copy()\n    return {'x': q['topic']}\n", "topic", id="a copy"),
    pytest.param("def step(s):\n    q = dict(s)\n    return {'x': q['topic']}\n", "topic", id="a dict of it"),
    pytest.param("def step(s):\n    q = {**s}\n    return {'x': q['topic']}\n", "topic", id="spread and read"),
]


@pytest.mark.parametrize(("source", "expected"), HELPERS)
def test_reads_of_helpers(source: str, expected: str) -> None:
    assert needs(source) == expected


RETURNS = [
    pytest.param("def step(s): return {'draft': 'x'}", "draft", id="a dict"),
    pytest.param("def step(s): return {'draft': 'x', 'notes': []}", "draft notes", id="two fields"),
    pytest.param("def step(s): return dict(draft='x')", "draft", id="dict()"),
    pytest.param("def step(s): return State(draft='x')", "draft", id="a typed dict"),
    pytest.param("def step(s): return Model(topic='x')", "topic", id="a model"),
    pytest.param("def step(s): return Data(topic='x', draft='y')", "topic draft", id="a dataclass"),
    pytest.param("def step(s): return {'draft': s['topic'] + '!'}", "draft<topic", id="computed from a field"),
    pytest.param(
        "def step(s): return {'draft': model.invoke(f'{s[\"topic\"]} {s[\"notes\"]}')}",
        "draft<notes<topic",
        id="computed by a model",
    ),
    pytest.param("def step(s): return {'notes': s['notes'] + ['x']}", "notes<notes", id="a field repeated"),
    pytest.param("def step(s): return {'notes': [*s['notes'], 'x']}", "notes<notes", id="a field spread into itself"),
    pytest.param("def step(s): return {'draft': [n.upper() for n in s['notes']]}", "draft<notes", id="a comprehension"),
    pytest.param(
        "def help(t): return f'({t})'\ndef step(s): return {'draft': help(s['topic'])}\n",
        "draft<topic",
        id="computed by a helper",
    ),
    pytest.param("def step(s): return {'draft': str(len(s['topic']))}", "draft<topic", id="computed by builtins"),
    pytest.param(
        "def step(s):\n    if s['topic']:\n        return {'draft': 'x'}\n    return {'notes': []}\n",
        "draft~ notes~",
        id="one field a branch",
    ),
    pytest.param(
        "def step(s):\n    if s['topic']:\n        return {'draft': 'x'}\n    return {'draft': 'y'}\n",
        "draft",
        id="the same field in every branch",
    ),
    pytest.param(
        "def step(s):\n    if s['topic']:\n        return {'draft': 'x'}\n", "draft~", id="a branch without a return"
    ),
    pytest.param(
        "def step(s):\n    if not s['topic']:\n        raise ValueError\n    return {'draft': 'x'}\n",
        "draft",
        id="an exception is no return",
    ),
    pytest.param(
        "def step(s):\n    try:\n        return {'draft': 'x'}\n    except ValueError:\n        return {'notes': []}\n",
        "draft~ notes~",
        id="try",
    ),
    pytest.param(
        "def step(s):\n    u = {'draft': 'x'}\n    u['notes'] = []\n    return u\n",
        "draft notes",
        id="built step by step",
    ),
    pytest.param(
        "def step(s):\n    u = {'draft': 'x'}\n    if s['topic']:\n        u['notes'] = []\n    return u\n",
        "draft notes~",
        id="built under a condition",
    ),
    pytest.param(
        "def step(s):\n    u = {}\n    u.update({'draft': 'x'}, notes=[])\n    return u\n",
        "draft notes",
        id="built by update",
    ),
    pytest.param(
        "def step(s):\n    u = {}\n    for k in ('draft', 'notes'):\n        u[k] = 1\n    return u\n",
        "draft notes",
        id="built in a loop",
    ),
    pytest.param(
        "def step(s):\n    u = {}\n    for n in s['notes']:\n        u['draft'] = n\n    return u\n",
        "draft~<notes",
        id="built in a loop over a field",
    ),
    pytest.param(
        "def step(s):\n    u = {'draft': 1} if s['topic'] else {'notes': 2}\n    return u\n",
        "draft~ notes~",
        id="a conditional",
    ),
    pytest.param(
        "def step(s): return {k: 1 for k in ('draft', 'notes')}", "draft notes", id="a comprehension of known keys"
    ),
    pytest.param("def step(s): return {k: 1 for k in s['notes']}", "...", id="a comprehension of unknown keys"),
    pytest.param("def step(s): return {**s, 'draft': 1}", "draft *", id="the whole input and a field"),
    pytest.param("def step(s): return s", "*", id="the whole input"),
    pytest.param("def step(s): return {**s.copy(), 'draft': 1}", "draft *", id="a copy and a field"),
    pytest.param(
        "def step(s):\n    q = s.copy()\n    q['draft'] = 1\n    return q\n", "draft *", id="a copy with a field set"
    ),
    pytest.param(
        "from copy import deepcopy\ndef step(s):\n    q = deepcopy(s)\n    q['draft'] = 1\n    return q\n",
        "draft *",
        id="a deep copy with a field set",
    ),
    pytest.param("def step(s: Model): return s.model_copy(update={'draft': 'x'})", "draft *", id="model_copy"),
    pytest.param("def step(s: Data): return replace(s, draft='x')", "draft *", id="dataclasses.replace"),
    pytest.param("def step(s): return Model(topic='x').model_dump()", "topic draft", id="model_dump"),
    pytest.param("def step(s): return unknown(s)", "...", id="something unknown"),
    pytest.param("def step(s): return {s['topic']: 1}", "...", id="a key that is not known"),
    pytest.param("def step(s): return {'draft': 1, **unknown()}", "draft ...", id="a field and something unknown"),
    pytest.param("def step(s): pass", "", id="nothing"),
    pytest.param("def step(s): return None", "", id="None"),
    pytest.param("def step(s): return {}", "", id="an empty update"),
    pytest.param("def step(s): return 'x'", "(a string)", id="a text"),
    pytest.param("def step(s): return f'{s[\"topic\"]}'", "(a string)", id="an f-string"),
    pytest.param("def step(s): return ['x']", "(a list)", id="a list"),
    pytest.param("def step(s): return True", "(a bool)", id="a bool"),
    pytest.param("def step(s): return {'draft': 1} if s['topic'] else 'x'", "draft~ (a string)", id="a dict or a text"),
    pytest.param(
        "def help(s): return {'draft': 1}\ndef step(s): return help(s)\n", "draft", id="what a helper returns"
    ),
    pytest.param(
        "def help(s):\n    if s['topic']: return {'draft': 1}\ndef step(s): return {**(help(s) or {}), 'notes': 2}\n",
        "draft~ notes",
        id="what a helper may return",
    ),
    pytest.param("async def step(s): return {'draft': await model.ainvoke('x')}", "draft", id="asynchronous"),
    pytest.param("step = lambda s: {'draft': s['topic']}", "draft<topic", id="a lambda"),
    pytest.param("def step(s):\n    return (d := {'draft': 1})\n", "draft", id="walrus"),
    pytest.param("def step(s):\n    while s['topic']:\n        return {'draft': 1}\n", "draft~", id="in a loop"),
    pytest.param("def step(s):\n    with tool() as t:\n        return {'draft': t}\n", "draft", id="in a context"),
    pytest.param(
        "def step(s):\n    match s['kind']:\n        case 'a':\n            return {'draft': 1}\n"
        "        case 'b':\n            return {'draft': 2}\n",
        "draft",
        id="in a match of everything",
    ),
]


@pytest.mark.parametrize(("source", "expected"), RETURNS)
def test_offers(source: str, expected: str) -> None:
    assert offers(source) == expected


MUTATIONS = [
    pytest.param("def step(s):\n    s['draft'] = 1\n    return s\n", "draft", id="by index"),
    pytest.param("def step(s: Model):\n    s.draft = 1\n    return s\n", "draft", id="by attribute"),
    pytest.param("def step(s):\n    s['notes'].append(1)\n", "notes.", id="inside a field"),
    pytest.param("def step(s):\n    s['plan'].title = 'x'\n", "plan.", id="an attribute of a field"),
    pytest.param("def step(s):\n    s.update(draft=1)\n", "draft", id="by update"),
    pytest.param("def step(s):\n    s.update({'draft': 1})\n", "draft", id="by update with a dict"),
    pytest.param("def step(s):\n    s['notes'] += [1]\n", "notes", id="by an augmented assignment"),
    pytest.param("def step(s):\n    n = s['notes']\n    n.append(1)\n", "notes.", id="through a local name"),
    pytest.param("def help(q):\n    q['draft'] = 1\ndef step(s):\n    help(s)\n", "draft", id="in a helper"),
    pytest.param("def step(s):\n    q = dict(s)\n    q['draft'] = 1\n    return q\n", "", id="of a copy"),
    pytest.param("def step(s):\n    q = {**s}\n    q['draft'] = 1\n    return q\n", "", id="of a spread copy"),
    pytest.param(
        "from copy import deepcopy\ndef step(s):\n    q = deepcopy(s)\n    q['draft'] = 1\n    return q\n",
        "",
        id="of a deep copy",
    ),
    pytest.param(
        "def step(s):\n    n = list(s['notes'])\n    n.append(1)\n    return {'notes': n}\n",
        "",
        id="of a list made of a field",
    ),
    pytest.param(
        "def step(s):\n    n = sorted(s['notes'])\n    n.append(1)\n    return {'notes': n}\n",
        "",
        id="of a sorted list",
    ),
]


@pytest.mark.parametrize(("source", "expected"), MUTATIONS)
def test_mutations(source: str, expected: str) -> None:
    _, reading = seen(source)
    assert " ".join(m.field + "." * m.nested for m in mutations_of(reading)) == expected


def test_what_is_set_first_is_not_asked_for() -> None:
    assert needs("def step(s):\n    s['draft'] = 'x'\n    return {'x': s['draft'] + s['topic']}\n") == "topic"


def test_what_is_perhaps_set_first_is_asked_for() -> None:
    assert (
        needs("def step(s):\n    if s['topic']:\n        s['draft'] = 'x'\n    return {'x': s['draft']}\n")
        == "topic draft"
    )


def test_the_type_of_a_need_and_of_an_offer() -> None:
    interp, reading = seen("def step(s: State): return {'draft': s['topic'], 'notes': [s['plan'].title]}\n")
    assert [(need.name, need.type) for need in needs_of(reading, interp)] == [("topic", "str"), ("plan", "Plan")]
    gathered = writes("def step(s: State): return {'draft': s['topic'], 'notes': [s['plan'].title]}\n")
    assert [(offer.name, offer.type) for offer in gathered.offers()] == [("draft", "str"), ("notes", "list")]


def test_routes_tell_what_was_known_on_the_way() -> None:
    _, reading = seen("def step(s):\n    if s.get('draft'):\n        return 'done'\n    return 'again'\n")
    assert [(site.certain, sorted(symbol.path[0] for symbol in site.assumed)) for site in reading.returns] == [
        (False, ["draft"]),
        (False, []),
    ]


def test_code_of_a_library_is_not_read() -> None:
    program = ran(PRELUDE + "step = model.invoke\n")
    assert read(program.interpreter, program.value("step"), None, Place(program.module(), (0, 0))) is None


def test_a_step_that_takes_too_long_is_not_complete() -> None:
    source = (
        "def step(s):\n"
        + "".join(f"{'    ' * (n + 1)}for a{n} in range(100):\n" for n in range(6))
        + "                            s['topic']\n"
    )
    assert needs(source) == "topic ..."

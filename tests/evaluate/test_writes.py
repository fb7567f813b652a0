"""What a step's code writes."""

from __future__ import annotations

import pytest

from tests.evaluate.readings import offers, seen
from wflint.assembly.contracts.mutations import mutations_of

RETURNS = [
    pytest.param("def step(s): return {'draft': 'x'}", "draft", id="a dict"),
    pytest.param("def step(s): return {'draft': 'x', 'notes': []}", "draft notes", id="two fields"),
    pytest.param("def step(s): return dict(draft='x')", "draft", id="dict()"),
    pytest.param("def step(s): return State(draft='x')", "draft", id="a typed dict"),
    pytest.param("def step(s): return Model(topic='x')", "topic draft", id="a model, with what its defaults are"),
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
    _, summary = seen(source)
    assert " ".join(m.field + "." * m.nested for m in mutations_of(summary)) == expected

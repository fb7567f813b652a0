"""What a step's code reads of its input."""

from __future__ import annotations

import pytest

from tests.evaluate.readings import needs

READS = [
    pytest.param("def step(s): return {'x': s['topic']}", "topic", id="by index"),
    pytest.param("def step(s): return {'x': s.get('topic')}", "topic?", id="by get"),
    pytest.param("def step(s): return {'x': s.get('topic', 'none')}", "topic?", id="by get with a default"),
    pytest.param("def step(s: Model): return {'x': s.topic}", "topic", id="by attribute"),
    pytest.param("def step(s: Data): return {'x': s.topic}", "topic", id="by attribute of a dataclass"),
    pytest.param("def step(s): return {'x': getattr(s, 'topic')}", "topic", id="by getattr"),
    pytest.param("def step(s): return {'x': getattr(s, 'topic', None)}", "topic?", id="by getattr with a default"),
    pytest.param(
        "def step(s: Model):\n    if hasattr(s, 'topic'):\n        use(s.topic)\n", "topic?", id="after asking"
    ),
    pytest.param("def step(s: Model):\n    if hasattr(s, 'isoformat'):\n        s.isoformat()\n", "", id="a probe"),
    pytest.param(
        "def step(s: Model):\n    if hasattr(s, 'shout'):\n        s.shout()\n", "topic", id="a probed method"
    ),
    pytest.param(
        "def step(s: Model):\n    d = s.model_dump()\n    return d.when() if hasattr(d, 'when') else d['topic']\n",
        "topic~",
        id="no attribute of the dict that a model is written out as",
    ),
    pytest.param("def step(s: Model):\n    return s.model_copy().topic\n", "topic", id="an attribute of a copy"),
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

"""Python's own parser and libcst come to the same code tree, places included, wherever both know a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.source.corpus import texts
from wflint.source.code import StmtT
from wflint.source.concrete.module import lower_concrete
from wflint.source.lower import lower_module
from wflint.source.tree.lowering import Doubt
from wflint.source.tree.module import lower_tree

FIXTURES = Path(__file__).parents[2] / "fixtures"
CORPUS = [pytest.param(text, id=name) for name, text in texts()]
CORPUS += [
    pytest.param(path.read_text(encoding="utf-8"), id=path.relative_to(FIXTURES).as_posix())
    for path in sorted(FIXTURES.rglob("*.py"))[::4]
]


def own(text: str) -> tuple[StmtT, ...]:
    starts = (0, *(place + 1 for place, character in enumerate(text) if character == "\n"))
    return lower_tree(text, starts)[0]


@pytest.mark.parametrize("text", CORPUS)
def test_real_files(text: str) -> None:
    try:
        found = own(text)
    except Doubt:
        return
    assert found == lower_concrete(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "x = (a, b)\n",
        "x = ( # first )\n  (a), (b) , # last, )\n)\n",
        "x = (a), (b)\n",
        "x = ((1, 2), (3, 4)), (5,)\n",
        "x = ( )\n",
        "x[(a), (b)]; x[(a, b)]; x[a,]; x[(a,)]; x[*a]; x[*a,]; x[a:b, ::c]\n",
        "x[\n  1: # rest\n]\n",
        "f(a for a in (b))\nf((a) for a in b if (c) # ) )\n)\n",
        "f(*(a), **(b), c=(d))\n",
        "x = a and (b) # c)\\n\n",
        "x = (a and (b) # no )\n and c and (d))\n",
        "x = a < b < (c) not in d is not e\n",
        "def f(a, /, b: (int) = (1), * c, d=2, ** e) -> (g): # not this: one\n  return a;\n",
        "async  def \\\n f(x # : )\n): pass\n",
        "@(yes)\nclass A((B), metaclass=C): x: (int) = 1;\n",
        "if a: b;\nelif c: d ;\nelse:\n  try: e\n  except* F as g: h;\n",
        "match a:\n  case (1, *_): b;\n",
        "for a, in b: c;\nwhile a: b; \nwith (a as b, c): d;\n",
        "del a, b\ndel (a, b)\ndel [a]\ndel (a), b\n",
        "x = 'é', é, 'ü' 'ö', (é)\nf'é{é}é{é.ü!r:>{é}}'\n",
        "x = f'{a}{{b}}{ c.d }{e[\"f\"]}{g(h)!s}{i:>{j}.{k}}{l=}{m = !r}{n=:x}' 'o' rf'\\{p}\\d{{'\n",
        "x = f'''{\n  a +\n  b}{'c' 'd'}{f\"{e}\"}{ {'g': 1}['g'] }'''\n",
        "x = f'\\N{BULLET}{a}\\{b}' u'c' f'' f'{d != e}{f == g}{h <= i}'\n",
        "x = 1, -1, 1j, ..., 10**9, 9999999999999999999, 1e999, b'a' b'c', 'a' 'b'\n",
        "lambda a, * b, c=(1), ** d: (yield)\n",
        "x = (yield), (await a), (b := c), [*(d)], {**e, (f): (g)}\n",
    ],
)
def test_what_is_hard_to_place(text: str) -> None:
    assert own(text) == lower_concrete(text)[0]


@pytest.mark.parametrize("text", ["x = '\ud83d'", "x = f'{a, b}'\n", "print 'a'\n", "x = " + "-" * 2000 + "1\n"])
def test_what_is_doubtful_is_left_to_libcst(text: str) -> None:
    with pytest.raises(Doubt):
        own(text)


def test_what_only_python_knows_is_read() -> None:
    assert lower_module("(x): int = 1\n").body

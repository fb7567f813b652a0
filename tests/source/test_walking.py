"""What is found by walking the code tree is the same however little of it is walked."""

from __future__ import annotations

from itertools import pairwise

from wflint.source.code import Name
from wflint.source.code.entered import ENTERED
from wflint.source.lower import lower_module
from wflint.source.walking import MOST_WALKS, around, nodes_in

SOURCE = """
import a; b = a.c; d = b

@wrapped(by=[one for one in b])
@again
def f(x: int = a.n, *, y=lambda z: z + x) -> "T":
    with open(x) as g, y(d):
        for i, j in g:
            if i: return j; pass
            elif j > [k for k in i if k][0]:
                try:
                    i = f(x, y=j)
                except (E, F) as error:
                    raise error from None
                else:
                    del j
                finally:
                    x += 1
            else:
                def inner(): return i
                h = inner()
    return x

@kept
class C(base(a)):
    m: int = f(1)
    @property
    def n(self): return self.m
    while m < 3: m = m + 1

match d:
    case [C(m=1), *rest] if rest: e = rest
    case _: e = (f(2), f(3))
"""


def test_the_nodes_around_a_place_are_those_that_hold_it() -> None:
    body = lower_module(SOURCE).body
    for node in nodes_in(body):
        begin, end = node.at
        holding = {id(each) for each in nodes_in(body) if each.at[0] <= begin and end <= each.at[1]}
        assert {id(each) for each in around(body, node.at)} == holding, SOURCE[begin:end]


def test_a_body_is_walked_once_and_its_functions_are_entered_each_time() -> None:
    body = lower_module("def f():\n    def g():\n        return a\n    return g\n").body
    walks = []
    for _ in range(3):
        with ENTERED.noted() as noted:
            walks.append(({node.id for node in nodes_in(body) if isinstance(node, Name)}, frozenset(noted)))
    assert all(one == other for one, other in pairwise(walks))
    names, entered = walks[0]
    assert names == {"a", "g"}
    assert len(entered) == len("fg")


def test_many_bodies_are_told_apart() -> None:
    bodies = [lower_module(f"def f():\n    return name{n}\n").body for n in range(3 * MOST_WALKS)]
    for _ in range(2):
        for number, body in enumerate(bodies):
            assert [node.id for node in nodes_in(body) if isinstance(node, Name)] == [f"name{number}"]

"""The order of a class and its ancestors is made once, however many ways lead to an ancestor."""

from __future__ import annotations

import pytest

from tests.evaluate.programs import ran
from wflint.evaluate import class_values
from wflint.evaluate.class_values import Class

LEVELS = 40


def test_diamonds_upon_diamonds(monkeypatch: pytest.MonkeyPatch) -> None:
    merged: list[str] = []
    plain = class_values.merge_orders

    def counted(cls: Class) -> tuple[Class, ...]:
        merged.append(cls.name)
        return plain(cls)

    monkeypatch.setattr(class_values, "merge_orders", counted)
    lines = ["class C0: pass"]
    for level in range(1, LEVELS):
        lines += [
            f"class A{level}(C{level - 1}): pass",
            f"class B{level}(C{level - 1}): pass",
            f"class C{level}(A{level}, B{level}): pass",
        ]
    found = ran("\n".join(lines)).value(f"C{LEVELS - 1}")
    assert isinstance(found, Class)
    names = [cls.name for cls in found.lineage()]
    assert names[:4] == ["C39", "A39", "B39", "C38"]
    assert len(names) == 1 + 3 * (LEVELS - 1)
    assert sorted(merged) == sorted(set(merged))


def test_bases_that_no_order_fits_still_come_up() -> None:
    source = "class A: pass\nclass B(A): pass\nclass C(A, B): pass\n"
    found = ran(source).value("C")
    assert isinstance(found, Class)
    assert [cls.name for cls in found.lineage()] == ["C", "A", "B"]


def test_library_bases_come_in_the_order_of_the_classes() -> None:
    source = (
        "from one import A\nfrom two import B\nfrom three import C, D\n"
        "class P(A, B): pass\nclass Q(P, C): pass\nclass R(Q): pass\nclass S(D): pass\nclass T(R, S): pass\n"
    )
    ended = ran(source)
    q, t = ended.value("Q"), ended.value("T")
    assert isinstance(q, Class)
    assert isinstance(t, Class)
    assert q.libraries() == ("three.C", "one.A", "two.B")
    assert t.libraries() == ("three.C", "one.A", "two.B", "three.D")

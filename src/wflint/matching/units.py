"""How well the words of two texts cover each other, and where they exclude each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher

from wflint.matching.meanings import Meanings
from wflint.matching.unit import Unit

KNOWN = 0.7
"""From this likeness on, a word counts as accounted for."""
_PATTERN = 0.5
"""Texts less alike than this were written apart; a word that differs between them means little."""


def likeness(one: Unit, other: Unit, meanings: Meanings) -> float:
    """How far two units mean the same, 0 to 1."""
    return float(meanings.likeness((one,), (other,))[0, 0])


def nearest(units: Sequence[Unit], others: Sequence[Unit], meanings: Meanings) -> float:
    """How far the two that are most alike, one of each text, mean the same."""
    return float(meanings.likeness(units, others).max()) if units and others else 0.0


def found(units: Sequence[Unit], others: Sequence[Unit], meanings: Meanings) -> tuple[float, ...]:
    """For each unit, how far it is found among the others."""
    if not units or not others:
        return (0.0,) * len(units)
    return tuple(meanings.likeness(units, others).max(axis=1).tolist())


def coverage(units: Sequence[Unit], others: Sequence[Unit], meanings: Meanings) -> float:
    """How far the others say what the units say; 0 where there is nothing to cover."""
    return sum(found(units, others, meanings)) / len(units) if units else 0.0


def unaccounted(units: Sequence[Unit], others: Sequence[Unit], meanings: Meanings) -> tuple[Unit, ...]:
    """The units that the others do not account for."""
    return tuple(unit for unit, best in zip(units, found(units, others, meanings), strict=True) if best < KNOWN)


def exclusions(
    units: Iterable[Unit], others: Iterable[Unit], sets: Callable[[Unit], frozenset[int]]
) -> tuple[tuple[Unit, Unit], ...]:
    """The pairs that share one of the sets of which only one can be true, neither of which is in the other text."""
    here, there = tuple(units), tuple(others)
    mine = {unit.stem for unit in here}
    theirs = {unit.stem for unit in there}
    rivals = [(other, sets(other)) for other in there if sets(other) and other.stem not in mine]
    return tuple(
        (unit, other)
        for unit in here
        if sets(unit) and unit.stem not in theirs
        for other, held in rivals
        if not held.isdisjoint(sets(unit))
    )


def excluding(pairs: Sequence[tuple[Unit, Unit]]) -> str:
    """What a reader is told of `exclusions`."""
    return f'"{pairs[0][0].text}" and "{pairs[0][1].text}" exclude each other'


def opposites(unit: Unit) -> frozenset[int]:
    """Sets of which only one can be true anywhere."""
    return unit.opposites


def roles(unit: Unit) -> frozenset[int]:
    """Sets of which only one can be true in names."""
    return unit.roles


def works(unit: Unit) -> frozenset[int]:
    """Sets of which a step does only one."""
    return unit.works


def substituted(units: Sequence[Unit], others: Sequence[Unit], meanings: Meanings) -> tuple[Unit, Unit, float] | None:
    """The word that two texts of one pattern differ in, and how alike the texts are; None where there is no such."""
    matcher = SequenceMatcher(None, [unit.stem for unit in units], [unit.stem for unit in others], autojunk=False)
    if matcher.quick_ratio() < _PATTERN:
        return None
    alike = matcher.ratio()
    if alike < _PATTERN:
        return None
    for kind, start, end, begin, stop in matcher.get_opcodes():
        mine = _unlike(units[start:end], others[begin:stop], others, meanings)
        theirs = _unlike(others[begin:stop], units[start:end], units, meanings)
        if kind == "replace" and mine and theirs:
            return mine[0], theirs[0], alike
    return None


def _unlike(
    units: Sequence[Unit], instead: Sequence[Unit], whole: Sequence[Unit], meanings: Meanings
) -> tuple[Unit, ...]:
    """The units that are neither like what stands in their place nor like anything in the whole."""
    stems = {unit.stem for unit in whole}
    left = [unit for unit in unaccounted(units, instead, meanings) if unit.stem not in stems]
    return unaccounted(left, whole, meanings)

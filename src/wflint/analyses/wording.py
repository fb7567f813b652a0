"""How findings name things, so that all rules speak alike."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from wflint.analyses.data.impact import Impact
from wflint.model.contract import Outcome
from wflint.model.workflow import END, START

SHOWN = 4
"""So many names stand in a message; the rest are counted."""
CERTAIN = 0.85
"""The share of letters in which a misspelling agrees with what is meant."""


def step_named(name: str) -> str:
    """`step "draft"`, `the start` or `the end`."""
    match name:
        case _ if name == START:
            return "the start"
        case _ if name == END:
            return "the end"
        case _:
            return f'step "{name}"'


def listed(names: Iterable[str], count: int | None = None) -> str:
    """`"a"`, `"a" and "b"`, `"a", "b" and "c"`; beyond a handful, a count stands for the rest.

    `count` is given where `names` are only the first of so many.
    """
    known = list(names)
    quoted = [f'"{name}"' for name in known[:SHOWN]]
    rest = (len(known) if count is None else count) - len(quoted)
    if rest:
        quoted.append(f"{rest} more")
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The name that `name` is probably a misspelling or a short form of, or None.

    Misspellings keep the first letter; a short form keeps half of the words or more (`rounds` of `review_rounds`), and
    is only taken where it is of one name alone.
    """
    candidates = sorted(set(known) - {name, START, END})
    alike = [other for other in candidates if other[:1].lower() == name[:1].lower()]
    close = difflib.get_close_matches(name, alike, n=1, cutoff=0.7)
    if close:
        return close[0]
    words = _words(name)
    kin = [other for other in candidates if _is_short_form(words, _words(other))]
    return kin[0] if len(kin) == 1 else None


def _is_short_form(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return shorter <= longer and len(shorter) * 2 >= len(longer)


def misspelt(name: str, known: Iterable[str]) -> str | None:
    """The one name that `name` is certainly a misspelling of: nearly all letters agree, and no other name is near."""
    near = difflib.get_close_matches(name, sorted(set(known) - {name, START, END}), n=2, cutoff=0.7)
    if len(near) != 1 or nearest(name, known) != near[0] or _digits(name) != _digits(near[0]):
        return None
    return near[0] if is_nearly(name, near[0]) else None


def is_nearly(name: str, other: str) -> bool:
    """Whether nearly all letters of two names agree."""
    return difflib.SequenceMatcher(None, name, other).ratio() >= CERTAIN


def same_words(one: str, other: str) -> bool:
    """Whether two names are of the same words, but for their number: `draft` and `drafts`."""
    return _words(one) == _words(other)


def _digits(name: str) -> str:
    """What tells `draft_1` from `draft_2`."""
    return "".join(character for character in name if character.isdigit())


def _words(name: str) -> frozenset[str]:
    """The words of a name, in the singular as far as that is a matter of one letter."""
    return frozenset(word.rstrip("s") for word in name.lower().split("_"))


def suggestion(name: str, known: Iterable[str]) -> str:
    """`; did you mean "x"?`, or nothing where no name is near."""
    near = nearest(name, known)
    return f'; did you mean "{near}"?' if near else ""


def where_it_ends(outcome: Outcome) -> str:
    """What becomes of a run that has nowhere to go."""
    return "the run fails" if outcome is Outcome.FAILS else "the run stops there"


def dependents(impact: Impact, step: str) -> str:
    """` ("a" and "b" depend on it, 3 of 5 steps)`, or nothing where nobody does."""
    count = impact.count(step)
    if not count:
        return ""
    depend = "depends" if count == 1 else "depend"
    return f" ({listed(impact.first(step, SHOWN), count)} {depend} on it, {1 + count} of {impact.total} steps)"

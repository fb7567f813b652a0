"""Words: how names and prose fall into them, and when two of them are the same one."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from wflint.model.patterns import pattern

_APART = pattern(r"[^A-Za-z0-9]+")
_PIECE = pattern(r"[A-Za-z0-9_]+")
_PARTS = pattern(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_VERSIONED = pattern(r"[a-z]+[0-9]+[a-z]+|[a-z][0-9]+")
_BRITISH = pattern(r"(?<=[a-z]{3})(i|y)s(?=(e|ed|es|er|ers|ing|ation|ations)$)")
_DERIVED = (
    "ications", "ication", "ations", "ation", "izers", "izer", "iers", "ier", "ments", "ment", "ions", "ion", "ers",
    "er", "ors", "or", "als", "al", "ness", "ity", "ance", "ence", "ive", "able", "ly", "y",
)  # fmt: skip
"""Endings that make one word of a family from another, the longest first."""
_ROOT = 4
"""A root keeps at least so many letters."""


@lru_cache(maxsize=65_536)
def split_name(name: str) -> tuple[str, ...]:
    """The words of an identifier in lower case: `searchResults_2` is search, results, 2; `k8s` and `q1` stay whole."""
    found: list[str] = []
    for piece in _APART.split(name):
        if _VERSIONED.fullmatch(piece.lower()):
            found.append(piece.lower())
        else:
            found.extend(part.lower() for part in _PARTS.findall(piece))
    return tuple(found)


def split_prose(text: str, most: int | None = None) -> tuple[str, ...]:
    """The words of a text, of the identifiers in it as well: all of them, or as many as are asked for."""
    pieces = _PIECE.finditer(text.replace("'", ""))
    return tuple(islice((word for piece in pieces for word in split_name(piece.group())), most))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The word without the endings of number and tense, in American spelling: `summarises` is `summariz`."""
    base = _BRITISH.sub(r"\1z", word)
    return _without_tense(_singular(base))


@lru_cache(maxsize=65_536)
def root(word: str) -> str:
    """What a word shares with its family: `retriever` and `retrieval` are both `retriev`."""
    base = stem(word)
    for ending in _DERIVED:
        if base.endswith(ending) and len(base) - len(ending) >= _ROOT:
            return base[: -len(ending)]
    return base


def doing(word: str) -> str:
    """The stem of what a doer does: of `condenser` and `translator`, `condens` and `translat`; else nothing."""
    base = _singular(_BRITISH.sub(r"\1z", word))
    return stem(base[:-2] + "ing") if base.endswith(("er", "or")) and len(base) - len("er") >= _ROOT else ""


def is_plural(word: str) -> bool:
    """Whether the word looks like more than one of something."""
    return _singular(word) != word


def _singular(word: str) -> str:
    match word:
        case "indices":
            return "index"
        case _ if word.endswith(("alyses", "theses")):
            return word[:-3] + "sis"
        case _ if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004 (as short as a plural gets)
            return word[:-3] + "y"
        case _ if re.search(r"(ss|us|is|ous)$", word) or len(word) <= 3:  # noqa: PLR2004 (as above)
            return word
        case _ if re.search(r"(sh|ch|x|ss|z)es$", word):
            return word[:-2]
        case _ if word.endswith("s"):
            return word[:-1]
        case _:
            return word


def _without_tense(word: str) -> str:
    bare = word
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) > 2 and re.search(r"[aeiouy]", word[: -len(ending)]):  # noqa: PLR2004 (`ring`, `red`)
            bare = word[: -len(ending)]
            break
    if bare is not word and len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "lsz":  # noqa: PLR2004 (`add`)
        bare = bare[:-1]
    return bare[:-1] if len(bare) > 3 and bare.endswith("e") else bare  # noqa: PLR2004 (`the`)

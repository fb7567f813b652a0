"""What people write about the releases that they take, as ranges."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, Specifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from wflint.model.releases import Releases, exactly, trimmed

Found = tuple[str, Releases]
"""The name of a package, in its canonical form, with its releases."""

_CARET, _TILDE = "^", "~"


def requirement(text: str) -> Found | None:
    """What a line of a requirement file asks for; None where it names no package."""
    try:
        parsed = Requirement(text)
    except InvalidRequirement:
        return None
    return canonicalize_name(parsed.name), _of_set(parsed.specifier)


def constraint(text: str) -> Releases | None:
    """The releases that a version, or a condition on it, stands for; `^1.2` and `~1.2` as Poetry has them."""
    whole = Releases()
    for part in text.split(","):
        found = _constraint(part.strip())
        if found is None:
            return None
        whole = whole.within(found)
    return whole


@lru_cache(8_192)  # a repository of many projects has many locks, which name the same releases
def version(text: str) -> Releases | None:
    """The one release that a lock names."""
    try:
        return exactly(Version(text).release)
    except InvalidVersion:
        return None


def _constraint(text: str) -> Releases | None:
    if text in ("*", ""):
        return Releases()
    if text.startswith(_CARET) or (text.startswith(_TILDE) and not text.startswith("~=")):
        return _poetry(text)
    if text[0].isdigit():
        return _of_specifiers(f"=={text}")
    return _of_specifiers(f"={text}" if text.startswith("=") and not text.startswith("==") else text)


def _of_specifiers(text: str) -> Releases | None:
    try:
        return _of_set(SpecifierSet(text))
    except InvalidSpecifier:
        return None


def _poetry(text: str) -> Releases | None:
    """`^1.2.3` keeps the first number that is not 0, `~1.2.3` the first two."""
    try:
        parts = Version(text[1:].strip()).release
    except InvalidVersion:
        return None
    kept = min(2, len(parts))
    if text.startswith(_CARET):
        kept = next((place for place, part in enumerate(parts, 1) if part), len(parts))
    return Releases(trimmed(parts), trimmed((*parts[: kept - 1], parts[kept - 1] + 1)))


def _of_set(specifiers: Iterable[Specifier]) -> Releases:
    whole = Releases()
    for specifier in specifiers:
        whole = whole.within(_of_one(specifier))
    return whole


def _of_one(specifier: Specifier) -> Releases:
    """What is excluded in the middle makes no range, and an arbitrary text is no number."""
    operator, text = specifier.operator, specifier.version
    if operator in ("!=", "==="):
        return Releases()
    parts = Version(text.removesuffix(".*")).release
    match operator:
        case ">=":
            return Releases(trimmed(parts))
        case ">":
            return Releases((*trimmed(parts), 1))
        case "<":
            return Releases((), trimmed(parts))
        case "<=":
            return Releases((), (*trimmed(parts), 1))
        case "~=":
            return Releases(trimmed(parts), trimmed((*parts[:-2], parts[-2] + 1)))
        case _ if text.endswith(".*"):
            return Releases(trimmed(parts), trimmed((*parts[:-1], parts[-1] + 1)))
        case _:
            return exactly(parts)

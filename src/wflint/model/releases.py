"""Releases of a package: those that may be installed, and those for which a piece of knowledge holds."""

from __future__ import annotations

import sys
from enum import StrEnum

from msgspec import Struct

Number = tuple[int, ...]
"""The parts of a release's number, without zeros at the end: 1.0 and 1 are one release."""


class Standing(StrEnum):
    """For which of the releases that may be installed something holds."""

    ALL = "all"
    """For each of them."""
    SOME = "some"
    """For some, and not for others."""
    NONE = "none"
    """For none of them."""


class Releases(Struct, frozen=True):
    """The releases from `first` on, that one included, as far as `end`, which is the first one left out; None: no end.

    Knowledge speaks of releases that there are, so a range without an end goes as far as the newest one.
    """

    first: Number = ()
    end: Number | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is no such release."""
        return self.end is not None and self.first >= self.end

    @property
    def is_one(self) -> bool:
        """Whether this is a single release."""
        return self.end == (*self.first, 1)

    def within(self, other: Releases) -> Releases:
        """The releases that are in both."""
        ends = [end for end in (self.end, other.end) if end is not None]
        return Releases(max(self.first, other.first), min(ends, default=None))

    def joined(self, other: Releases) -> Releases:
        """Both, and what lies between them."""
        ends = (self.end, other.end)
        end = None if self.end is None or other.end is None else max(end for end in ends if end is not None)
        return Releases(min(self.first, other.first), end)

    def standing(self, installed: Releases) -> Standing:
        """For which of the installed releases something holds that holds for these."""
        common = self.within(installed)
        if common.is_empty:
            return Standing.NONE
        return Standing.ALL if common == installed else Standing.SOME


def number(text: str) -> Number:
    """The number of a release that is written in digits and dots; what a row of knowledge says."""
    return trimmed(tuple(int(part) for part in text.split(".")))


def trimmed(parts: Number) -> Number:
    """The parts without zeros at the end."""
    while parts and parts[-1] == 0:
        parts = parts[:-1]
    return parts


def exactly(parts: Number) -> Releases:
    """One release, and none that comes after it."""
    return Releases(trimmed(parts), (*trimmed(parts), 1))


NEWEST = Releases((sys.maxsize,))
"""The newest release, whatever its number is."""

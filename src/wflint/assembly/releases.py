"""Rows of knowledge that hold for some releases of a framework only."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Const, Value
from wflint.model.fault import Fault
from wflint.model.limits import RunLimit
from wflint.model.releases import NEWEST, Releases, Standing, number
from wflint.model.span import Span


class Beside(Struct, frozen=True):
    """A row: other distributions that bring a framework along, `before` a release of theirs one from before `until`."""

    names: tuple[str, ...]
    before: str
    until: str

    def implied(self, interp: Interpreter, path: str) -> Releases | None:
        """The framework's releases, where the file at `path` surely runs with earlier ones of these distributions."""
        said = interp.requirements.of(self.names, path)
        earlier = Releases((), number(self.before))
        known = said is not None and not said.is_empty and earlier.standing(said) is Standing.ALL
        return Releases((), number(self.until)) if known else None


class Package(Struct, frozen=True):
    """What a framework is installed as: distributions that share their numbers, the first of which people call it by.

    `oldest` is the release from which on all occur in the wild. Where a repository does not say what it runs with, that
    may be any of them; without it, it is the newest, or what distributions `beside` it bring along.
    """

    names: tuple[str, ...]
    oldest: str = ""
    beside: Beside | None = None

    def installed(self, interp: Interpreter, path: str) -> Releases:
        """The releases that the file at `path` may run with."""
        likely = Releases(number(self.oldest)) if self.oldest else NEWEST
        said = interp.requirements.of(self.names, path)
        if said is None and self.beside is not None:
            said = self.beside.implied(interp, path)
        if said is None:
            return likely
        common = said.within(likely)
        return said if common.is_empty else common


class Held(Struct, frozen=True):
    """The releases that a row holds for: from `since` on, and before `until`; each is empty where nothing is known."""

    package: Package
    since: str = ""
    until: str = ""

    @property
    def releases(self) -> Releases:
        """The same as a range."""
        first = number(self.since) if self.since else ()
        return Releases(first, number(self.until) if self.until else None)

    @property
    def text(self) -> str:
        """The releases in words."""
        name = self.package.names[0]
        if self.since and self.until:
            return f"{name} {self.since} to {self.until}"
        return f"{name} before {self.until}" if self.until else f"{name} {self.since} and later"

    def standing(self, interp: Interpreter, path: str) -> Standing:
        """For which of the releases that a file may run with the row holds."""
        return self.releases.standing(self.package.installed(interp, path))

    def is_in_force(self, interp: Interpreter, path: str) -> bool:
        """Whether the row holds for a release that the file may run with."""
        return self.standing(interp, path) is not Standing.NONE

    def fault(self, interp: Interpreter, fault: Fault) -> tuple[Fault, ...]:
        """What these releases refuse, as far as the file may run with one of them."""
        match self.standing(interp, fault.span.path):
            case Standing.NONE:
                return ()
            case Standing.SOME:
                return (replace(fault, releases=self.text, in_some=True),)
            case Standing.ALL:
                return (replace(fault, releases=self.text),)


class Limited(Struct, frozen=True):
    """A row: how a framework limits runs for which nobody else does, in all releases or in those that it is held to.

    It ends a run only `beyond` so many more rounds than it is told, or than it tells itself.
    """

    limit: RunLimit
    held: Held | None = None
    beyond: int = 0

    def told(self, most: int) -> RunLimit:
        """The limit where it is told to end a run after so many rounds."""
        return replace(self.limit, most=most + self.beyond)


def limit_at(interp: Interpreter, span: Span, rows: Iterable[Limited], given: Value | None = None) -> RunLimit | None:
    """The limit of runs of what is built at `span`: as it is given there, or else the framework's own.

    That is the highest one where the file may run with several releases; None where what is given is not known.
    """
    held = [row for row in rows if row.held is None or row.held.is_in_force(interp, span.path)]
    row = max(held, key=lambda each: each.limit.most + each.beyond, default=None)
    if row is None or given is None:
        return row.told(row.limit.most) if row is not None else None
    most = given.value if isinstance(given, Const) else None
    return replace(row.told(most), given=True) if isinstance(most, int) and not isinstance(most, bool) else None

"""The rules' pages as typed values, and the pairing of a rule with its check.

A rule is one page and one function. The page (`rules/<name>.md`) is the only place that holds the rule's code, level
and explanation; the function (in `wflint.rules`) holds nothing but the check.
"""

from __future__ import annotations

import difflib
import itertools
import string
import tomllib
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.errors import ConfigError, UsageError, WflintError
from wflint.model.finding import Confidence, Level, Observation, Persona

if TYPE_CHECKING:
    from wflint.analyses.facts import Facts, ProgramFacts
    from wflint.model.program import Program
    from wflint.model.workflow import Workflow

    WorkflowCheck = Callable[[Workflow, Facts], Iterator[Observation]]
    ProgramCheck = Callable[[Program, ProgramFacts], Iterator[Observation]]

FENCE = "+++\n"
"""The line before and after a page's front matter."""


class Scope(StrEnum):
    """What a rule looks at."""

    WORKFLOW = "workflow"
    """One workflow at a time."""
    PROGRAM = "program"
    """All workflows together."""


class Requirement(StrEnum):
    """What must be known before a rule can be believed."""

    COMPLETE_EDGES = "complete-edges"
    """Every step and every edge: the rule reasons from absence."""


class RulePage(Struct, frozen=True, kw_only=True):
    """A rule's page: the front matter, and the Markdown below it."""

    code: str
    name: str
    summary: str
    scope: Scope
    level: Level
    confidence: Confidence
    persona: Persona = Persona.REGULAR
    needs: tuple[Requirement, ...] = ()
    since: str
    body: str

    @property
    def text(self) -> str:
        """The whole page for people, in Markdown."""
        facts = f"level {self.level}, confidence {self.confidence}, persona {self.persona}, since {self.since}"
        return f"# {self.name} ({self.code})\n\n{self.summary}\n\n{facts}\n\n{self.body}"


class Rule(Struct, frozen=True):
    """A rule's name with the function that checks it; which of the two kinds, the page's scope says.

    `beside` is what a rule about workflows says of what is in none.
    """

    name: str
    check: WorkflowCheck | ProgramCheck
    beside: ProgramCheck | None = None


class BrokenPage(WflintError):
    """A rule's page does not say what a page must say; the message names the page and the key."""

    def __init__(self, page: str, reason: str) -> None:
        super().__init__(f"rule page {page}: {reason}")
        self.page = page


class Rulebook(Struct, frozen=True):
    """All pages, in the order of their codes."""

    pages: tuple[RulePage, ...]

    def page(self, name: str) -> RulePage:
        """The page of the rule called `name`; there is one for every rule."""
        return next(page for page in self.pages if page.name == name)

    def asked_for(self, rule: str) -> RulePage:
        """The page of a rule that somebody names, by its code or name."""
        for page in self.pages:
            if rule in (page.code.lower(), page.code, page.name):
                return page
        begun = self.begun(rule)
        if begun:
            raise UsageError(f"{rule!r} is the beginning of several codes; name one of {', '.join(begun)}")
        raise UsageError(f"unknown rule {rule!r}{self.suggestion(rule)}")

    def begun(self, prefix: str) -> tuple[str, ...]:
        """The codes that a beginning with a digit in it may be the beginning of."""
        digits = prefix.lstrip(string.ascii_letters)
        return tuple(page.code for page in self.pages if digits and page.code.startswith(prefix.upper()))

    @property
    def names(self) -> frozenset[str]:
        return frozenset(page.name for page in self.pages)

    def matching(self, selector: str) -> frozenset[str]:
        """Names of the rules that a code, the beginning of a code, or a name stands for."""
        prefix = selector.upper()
        coded = (page for page in self.pages if prefix.startswith(page.code.rstrip(string.digits)))
        found = frozenset(page.name for page in coded if page.code.startswith(prefix))
        return found or frozenset({selector}) & self.names

    def resolve(self, selectors: Iterable[str], source: str | None) -> frozenset[str]:
        """Names of all rules that the selectors stand for; one that stands for none is an error in `source`."""
        found: set[str] = set()
        for selector in selectors:
            names = self.matching(selector)
            if not names:
                raise ConfigError(f"unknown rule {selector!r}{self.suggestion(selector)}", source)
            found |= names
        return frozenset(found)

    def with_pages(self, more: Iterable[RulePage]) -> Rulebook:
        """The same with further pages."""
        return Rulebook(tuple(sorted((*self.pages, *more), key=lambda page: page.code)))

    def suggestion(self, selector: str) -> str:
        """`; did you mean ...?` with the rule whose code or name is nearest, or nothing."""
        known = [page.code for page in self.pages] + [page.name for page in self.pages]
        wanted = selector.upper() if selector[:2].upper() == "WF" else selector
        near = difflib.get_close_matches(wanted, known, n=5)
        if not near:
            return ""
        # Codes are all alike; people get the beginning right.
        best = max(near, key=lambda name: _shared_beginning(name, wanted))
        return f"; did you mean {best!r}?"


def _shared_beginning(one: str, other: str) -> int:
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in pairs)


def parse_page(text: str, page: str) -> RulePage:
    """A page from its text, checked; `page` is its file name, for the error."""
    from wflint.rulebook.schema import checked

    if not text.startswith(FENCE) or FENCE not in text[len(FENCE) :]:
        raise BrokenPage(page, "no front matter between two lines of +++")
    front, body = _parts(text)
    try:
        parsed = checked({**tomllib.loads(front), "body": body}, page)
    except tomllib.TOMLDecodeError as error:
        raise BrokenPage(page, f"front matter is not TOML: {error}") from error
    if page != f"{parsed.name}.md":
        raise BrokenPage(page, f"key 'name': the file of {parsed.name!r} is {parsed.name}.md")
    return parsed


def _parts(text: str) -> tuple[str, str]:
    """The front matter and the body of a page that has both."""
    front, body = text[len(FENCE) :].split(FENCE, 1)
    return front, body.strip() + "\n"


def _shipped_page(text: str) -> RulePage:
    """A page that wflint ships, which the tests have checked."""
    front, body = _parts(text)
    values = tomllib.loads(front)
    return RulePage(
        code=values["code"],
        name=values["name"],
        summary=values["summary"],
        scope=Scope(values["scope"]),
        level=Level(values["level"]),
        confidence=Confidence(values["confidence"]),
        persona=Persona(values.get("persona", Persona.REGULAR)),
        needs=tuple(map(Requirement, values.get("needs", ()))),
        since=values["since"],
        body=body,
    )


def read_pages(folder: Path) -> Rulebook:
    """All pages of a folder."""
    pages = [parse_page(path.read_text(encoding="utf-8"), path.name) for path in folder.glob("*.md")]
    pages.sort(key=lambda page: page.code)
    for first, second in itertools.pairwise(pages):
        if first.code == second.code:
            raise BrokenPage(f"{second.name}.md", f"key 'code': {first.name}.md has {first.code} too")
    return Rulebook(tuple(pages))


@cache
def load() -> Rulebook:
    """The pages that wflint ships: the wheel's copy, or the repository's in an editable install."""
    package = Path(__file__).parents[1]
    packaged = package / "_rules"
    folder = packaged if packaged.is_dir() else package.parents[1] / "rules"
    pages = (_shipped_page(path.read_text(encoding="utf-8")) for path in folder.glob("*.md"))
    return Rulebook(tuple(sorted(pages, key=lambda page: page.code)))

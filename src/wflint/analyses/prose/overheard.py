"""Words of a decision that are part of their opposite: whoever looks for "valid" finds it in "invalid" as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from wflint.analyses.data.reaching_definitions import Definitions
from wflint.analyses.data.reads import Reads
from wflint.analyses.prose.untold import Untold, readings
from wflint.model.contract import Format
from wflint.model.patterns import pattern
from wflint.model.program import Program
from wflint.model.prompt import PromptText, TextRole
from wflint.model.workflow import Aspect, Step, Workflow

OPPOSITE = r"(?:in|un|dis|non|not|no|ir|im|il|mis)[_-]?"
"""What makes the opposite of a word, before it."""
APART = 160
"""So many characters may stand between two words that a text offers for one answer."""
EITHER = pattern(r"(?i)\b(?:or|else|otherwise|if|when|unless)\b|[,/|;\n]")
"""What stands between words of which one is to be said."""


class Overheard(Struct, frozen=True):
    """A `word` that a reader looks for, and the `longer` one, its opposite, that a text tells the model to say, too."""

    found: Untold
    word: str
    longer: str
    text: PromptText


def overheard(workflow: Workflow, program: Program, reads: Reads, definitions: Definitions) -> Iterator[Overheard]:
    """Every such word, once a reader, where code looks for the longer one nowhere."""
    if workflow.open_to(Aspect.STEPS):
        return
    seen: set[tuple[str, str]] = set()
    for one in readings(workflow, reads, definitions):
        wanted = one.expectation
        for word in wanted.anywhere if wanted.format is Format.WORD else ():
            for text in (text for step in one.authors for text in _texts(step, program)):
                longer = _opposite_told(text.text, word) if text.role is not TextRole.ABOUT else None
                known = {other.lower() for other in wanted.words}
                if longer is not None and longer.lower() not in known and (one.reader, word) not in seen:
                    seen.add((one.reader, word))
                    yield Overheard(one, word, longer, text)


def _texts(step: Step, program: Program) -> Iterator[PromptText]:
    """What the model of a step is told; of a workflow in its place, what those are told who come last there."""
    inner = program.workflow(step.workflow) if step.workflow is not None and step.prompt is None else None
    last = [one for one in inner.steps if not inner.index.edges_from(one.id)] if inner is not None else [step]
    for each in last:
        yield from each.prompt.texts if each.prompt is not None else ()


def _opposite_told(text: str, word: str) -> str | None:
    """The opposite of a word that a text offers beside it."""
    if word not in text and not word.islower():
        return None
    for found in _both(word.strip()).finditer(text):
        longer = found["after"] or found["before"]
        between = found["gap"] if found["after"] else found["space"]
        if EITHER.search(between) and (word in longer or word.islower()):
            return longer
    return None


@cache
def _both(word: str) -> re.Pattern[str]:
    """A word and its opposite, not far from each other, in either order."""
    own, gap = re.escape(word), rf"[^\x00]{{1,{APART}}}?"
    opposite = rf"{OPPOSITE}{own}"
    return re.compile(
        rf"(?i)(?<![\w-]){own}(?![\w-])(?P<gap>{gap})(?<![\w-])(?P<after>{opposite})(?![\w-])"
        rf"|(?<![\w-])(?P<before>{opposite})(?![\w-])(?P<space>{gap})(?<![\w-]){own}(?![\w-])"
    )

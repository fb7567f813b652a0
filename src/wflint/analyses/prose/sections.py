"""Sections of instructions that say under a heading what a step is given, or what it has to answer with."""

from __future__ import annotations

import re

from wflint.model.patterns import pattern
from wflint.model.prompt import TextRole
from wflint.model.workflow import Step

_MARK = r"^[ \t]*+(?:[-*+#>][ \t]*+|\d++[.)][ \t]*+)*+[*_`]*+"
_HEADING = (
    r"(?:(?:expected|required)\s+)?(?:inputs?|outputs?|arguments?|parameters?|responses?|returns?|results?)"
    r"(?:\s+(?:format|schema|fields?))?"
)
_SECTION = pattern(_MARK + _HEADING + r"[*_`]*[ \t]*:[*_`]*(?:[ \t]*\S|[ \t]*\n\s*\S)", re.IGNORECASE | re.MULTILINE)


def has_contract_section(step: Step) -> bool:
    """Whether a text that a step's model is told has such a section, with something in it."""
    texts = step.prompt.texts if step.prompt is not None else ()
    return any(text.role in (TextRole.INSTRUCTION, TextRole.RESULT) and _SECTION.search(text.text) for text in texts)

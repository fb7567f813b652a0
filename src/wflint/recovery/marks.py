"""By what the front ends tell the files that they want to see."""

from __future__ import annotations

from typing import Final

from wflint.frontends import DOCUMENTS, FRONT_ENDS
from wflint.source.import_prefilter import ImportPrefilter

BUILDING: Final = ImportPrefilter(tuple(name.encode() for end in FRONT_ENDS for name in end.modules), leading=True)
"""Files that import a framework."""
ASKING: Final = ImportPrefilter(tuple(name.encode() for end in FRONT_ENDS for name in end.asked_alone), leading=True)
"""Files that import models that may come with one."""


def kinds_of(path: str, data: bytes) -> tuple[int, ...]:
    """The numbers of the kinds that a document is of."""
    marks = (kind.marks for kind in DOCUMENTS)
    return tuple(number for number, mark in enumerate(marks) if mark.admit(path) and mark.found(data))

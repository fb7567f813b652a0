"""Runs that go on where an earlier one has ended: what they keep is kept under a name that comes again."""

from __future__ import annotations

from typing import Final

from wflint.assembly.chains.code_loops import is_looped
from wflint.evaluate.dependencies import depends_on, untracked_in
from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import Value, text_of
from wflint.model.patterns import pattern

SOMEBODY: Final = pattern(
    r"(?i)(?:.*_)?(?:user|customer|client|caller|session|chat|conversation|member|guest|patient|visitor|sender|channel)"
    r"(?:_?(?:id|name|key|email|phone|no|number))?"
)
"""Names of parameters that say with whom a function talks, more than once."""


def goes_on(api_call: ApiCall, name: Value | None) -> bool:
    """Whether a run that is kept under a name is one of several of that name: somebody's, or those of a loop."""
    if name is None or untracked_in(depends_on(name)):
        return False  # it may be made for this run
    if text_of(name) is not None:
        return is_looped(api_call)
    taken = (each for frame in api_call.stack if frame.function is not None for each in frame.function.node.parameters)
    return any(SOMEBODY.fullmatch(each.name) for each in taken)

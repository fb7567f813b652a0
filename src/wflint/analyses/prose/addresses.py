"""Placeholders that stand within an address: a URL, or a path of files."""

from __future__ import annotations

import re

from wflint.model.contract import Need


def is_in_address(need: Need) -> bool:
    """Whether the sentence that asks for a field has its braces between slashes: the pattern of an address, perhaps."""
    braces = rf"\{{+{re.escape(need.name)}\}}+"
    return re.search(rf"/{braces}(?:[/\s.,;?]|$)|\w=[^\s/]*{braces}|/[\w-]*{braces}[\w.-]*/", need.wording) is not None

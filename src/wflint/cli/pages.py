"""The pages of the rules that count in the working folder."""

from __future__ import annotations

from pathlib import Path

from wflint import plugins
from wflint.request import Request
from wflint.rulebook import Rulebook


def pages_here() -> Rulebook:
    """Those of wflint, and those of the packages that the configuration names."""
    request = Request.of(Path())
    return plugins.rules(request.effective.plugins, request.written_in).pages

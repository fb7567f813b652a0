"""What reading and evaluating a repository gives."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from wflint.model.program import Program
from wflint.source.code.module_ir import Ignore


class Recovery(Struct, frozen=True):
    """A program, the files that were read for it, and the ignore comments in them."""

    program: Program
    files: tuple[str, ...]
    ignores: Mapping[str, tuple[Ignore, ...]]

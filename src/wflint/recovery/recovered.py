"""What reading and evaluating a repository gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.model.program import Program
from wflint.source.code.module_ir import Ignore

if TYPE_CHECKING:
    from wflint.recovery.moving import Moving


class Edit(Struct, frozen=True):
    """What has moved since the last run, and nothing else: the program as it was `before`, and what moves it."""

    before: Program
    moving: Moving


class Recovery(Struct, frozen=True):
    """A program, the files that were read for it, and the ignore comments in them.

    `edit` is there where the program is that of the last run at other places.
    """

    program: Program
    files: tuple[str, ...]
    ignores: Mapping[str, tuple[Ignore, ...]]
    edit: Edit | None = None

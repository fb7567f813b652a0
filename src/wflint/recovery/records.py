"""What is stored of a unit, and when it still holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.census.examined import Examined
from wflint.model.contract import Schema
from wflint.model.fault import Fault
from wflint.model.packing import Packing, unpacked
from wflint.model.program import Notice
from wflint.model.span import Span
from wflint.model.stray_argument import StrayArgument
from wflint.model.workflow import Workflow
from wflint.source.cache import decoded
from wflint.source.code.module_ir import Ignore
from wflint.source.requirements.requirements import Asked, Requirements

KIND: Final = "unit-61"
"""The number goes up when the same sources come to another record."""

Files = tuple[tuple[str, str], ...]
"""Paths with the digests of their contents."""


class Record(Struct, frozen=True, array_like=True):
    """What the evaluation of a unit came to, before anything is known of other units.

    `files` are all that it has read. `re_exporting` are those of them that other files may take constructors from.
    `asked` is what it wanted to know of the releases that are installed, `modules` are the last parts of the names of
    modules that it looked for, each with a digest of the files that are called so. `entered` are the names of the
    functions that were looked into, `relevant` the words by which others are found worth it, `called` the names of
    modules by which files that only call were.
    """

    files: Files
    workflows: tuple[Workflow, ...]
    unread: tuple[Notice, ...]
    misread: tuple[Notice, ...]
    unfinished: tuple[Notice, ...]
    ignores: dict[str, tuple[Ignore, ...]]
    imports: tuple[tuple[str, str], ...]
    counted: tuple[Examined, ...]
    re_exporting: tuple[str, ...]
    asked: tuple[Asked, ...] = ()
    modules: tuple[tuple[str, str], ...] = ()
    stray_arguments: tuple[StrayArgument, ...] = ()
    entered: tuple[Span, ...] = ()
    relevant: frozenset[str] = frozenset()
    called: tuple[str, ...] = ()
    refusals: tuple[Fault, ...] = ()
    schemas: tuple[Schema, ...] = ()
    """Where it is stored, what the workflows' steps declare, each once."""

    def encoded(self) -> bytes:
        """The record as it is stored."""
        packing = Packing()
        workflows = tuple(map(packing.packed, self.workflows))
        return msgspec.json.encode(replace(self, workflows=workflows, schemas=packing.schemas))

    @classmethod
    def decoded(cls, data: bytes | None) -> Record | None:
        """The record that is stored in `data`; None where it is none."""
        record = decoded(data, msgspec.json.Decoder(cls))
        if record is None:
            return None
        return replace(record, workflows=unpacked(record.workflows, record.schemas), schemas=())

    def changed(self, digest: Callable[[str], str]) -> tuple[str, ...]:
        """The files that it has read and that are others by now; `digest` is that of a file."""
        return tuple(path for path, known in self.files if digest(path) != known)

    def is_outdated(self, called: Callable[[str], str], requirements: Requirements) -> bool:
        """Whether modules of some name are elsewhere by now, or another release is installed.

        `called` is the digest of the files that a module of some name may be.
        """
        return any(called(name) != known for name, known in self.modules) or any(
            requirements.of(each.packages, each.path) != each.releases for each in self.asked
        )


class Borrowed(Struct, frozen=True, array_like=True):
    """The census of files that no unit has read, which take constructors from those that some have."""

    files: Files = ()
    unread: tuple[Notice, ...] = ()
    ignores: dict[str, tuple[Ignore, ...]] = {}
    counted: tuple[Examined, ...] = ()

    def encoded(self) -> bytes:
        """The census as it is stored."""
        return msgspec.json.encode(self)

    @classmethod
    def decoded(cls, data: bytes | None) -> Borrowed | None:
        """The census that is stored in `data`, None where it is none."""
        return decoded(data, msgspec.json.Decoder(cls))

"""What is stored of a unit, and when it still holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.census.examined import Examined
from wflint.model.contract import Schema
from wflint.model.packing import Packing, unpacked
from wflint.model.program import Notice
from wflint.model.stray_argument import StrayArgument
from wflint.model.workflow import Workflow
from wflint.source.cache import decoded
from wflint.source.code.module_ir import Ignore
from wflint.source.requirements.requirements import Asked, Requirements

KIND: Final = "unit-45"
"""The number goes up when the same sources come to another record."""

Files = tuple[tuple[str, str], ...]
"""Paths with the digests of their contents."""


class Record(Struct, frozen=True, array_like=True):
    """What the evaluation of a unit came to, before anything is known of other units.

    `files` are all that it has read. `re_exporting` are those of them that other files may take constructors from.
    `asked` is what it wanted to know of the releases that are installed, `modules` are the last parts of the names of
    modules that it looked for, each with a digest of the files that are called so.
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
    schemas: tuple[Schema, ...] = ()
    """Where it is stored, what the workflows' steps declare, each once."""

    def encoded(self) -> bytes:
        """The record as it is stored."""
        packing = Packing()
        workflows = tuple(map(packing.packed, self.workflows))
        return msgspec.json.encode(replace(self, workflows=workflows, schemas=packing.schemas))

    @classmethod
    def decoded(
        cls, data: bytes | None, digest: Callable[[str], str], called: Callable[[str], str], requirements: Requirements
    ) -> Record | None:
        """The record that is stored in `data`; None where it is none, or a file or a release is another by now.

        `digest` is that of a file, `called` that of the files that a module of some name may be.
        """
        record = decoded(data, msgspec.json.Decoder(cls))
        if record is None or not _unchanged(record.files, digest) or not _unchanged(record.modules, called):
            return None
        if any(requirements.of(each.packages, each.path) != each.releases for each in record.asked):
            return None
        return replace(record, workflows=unpacked(record.workflows, record.schemas), schemas=())


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


def _unchanged(digests: tuple[tuple[str, str], ...], digest: Callable[[str], str]) -> bool:
    return all(digest(name) == known for name, known in digests)

"""Summaries of files, through the cache."""

from __future__ import annotations

import functools
import gc
from hashlib import blake2b
from typing import Final

import msgspec
from msgspec import Struct

from wflint.errors import UnreadableSource
from wflint.source.cache import Cache, decoded, key_of
from wflint.source.code import ModuleIR
from wflint.source.decode import load
from wflint.source.forms import Form
from wflint.source.notebook.reading import module_cells

_KIND: Final = "summary-3"
"""The number goes up when the code tree changes its form, or lowering makes something else of the same text."""
_KINDS: Final = {Form.MODULE: _KIND, Form.NOTEBOOK: f"{_KIND}-notebook-1"}
"""The second number goes up when other cells or lines of a notebook are taken for Python."""


class Failure(Struct, frozen=True, tag=True, array_like=True):
    """A file that cannot be read, so that it need not be tried again."""

    reason: str
    line: int
    column: int


_ENCODER: Final = msgspec.json.Encoder()


def summary_of(data: bytes, cache: Cache, form: Form = Form.MODULE) -> ModuleIR:
    """The summary of a file with these bytes; raises `UnreadableSource` where they are no Python.

    Nothing of the parser is loaded for a file whose summary is in the cache.
    """
    key = summary_key(digest_of(data), form)
    kept = decoded(cache.read(key), _decoder())
    if kept is None:
        kept = _made(data, form)
        cache.write(key, _ENCODER.encode(kept))
    if isinstance(kept, Failure):
        raise UnreadableSource(kept.reason, kept.line, kept.column)
    return kept


def kept_summary(digest: str, cache: Cache, form: Form) -> ModuleIR | None:
    """The summary of a file with this digest, None where the cache has none of one that could be read."""
    kept = decoded(cache.read(summary_key(digest, form)), _decoder())
    return kept if isinstance(kept, ModuleIR) else None


def digest_of(data: bytes) -> str:
    """What tells the bytes of a file from those of any other."""
    return blake2b(data, digest_size=16).hexdigest()


def summary_key(digest: str, form: Form = Form.MODULE) -> bytes:
    """The key under which a cache keeps the summary of a file with this digest."""
    return key_of(_KINDS[form], digest.encode())


def encoded(data: bytes, form: Form = Form.MODULE) -> bytes:
    """The summary of a file with these bytes, or why it has none, as a cache keeps it."""
    return _ENCODER.encode(_made(data, form))


class LoweringJob(Struct, frozen=True):
    """What another process is asked to make a summary of."""

    data: bytes
    form: Form = Form.MODULE


def done(job: LoweringJob) -> bytes:
    """The encoded summary of it, made in a process of its own, without garbage: trees hold no cycles."""
    gc.disable()
    return encoded(job.data, job.form)


@functools.cache
def _decoder() -> msgspec.json.Decoder[ModuleIR | Failure]:
    """Made when it is first used: a run over files that have not changed reads no summary."""
    return msgspec.json.Decoder(ModuleIR | Failure)


def _made(data: bytes, form: Form) -> ModuleIR | Failure:
    from wflint.source.lower import lower_module
    from wflint.source.notebook.lower import summarise_cells

    try:
        text = load(data)
        match form:
            case Form.MODULE:
                return lower_module(text)
            case Form.NOTEBOOK:
                return summarise_cells(module_cells(text))
    except UnreadableSource as error:
        return Failure(error.reason, error.line, error.column)

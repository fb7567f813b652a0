"""The JSON of a notebook, and the code cells in it."""

from __future__ import annotations

import json
from typing import Final

from msgspec import Struct

from wflint.errors import UnreadableSource

_PYTHON: Final = frozenset({"python", "python2", "python3", "ipython", "ipython3"})


class CodeCell(Struct, frozen=True):
    """A cell with Python in it; `fault` says what keeps it from being read, and then `text` is empty."""

    number: int
    text: str
    fault: str | None = None


def code_cells(text: str) -> tuple[CodeCell, ...]:
    """The code cells of a notebook; raises `UnreadableSource` for what is none."""
    document = _parsed(text)
    if not isinstance(document, dict):
        raise UnreadableSource("not a notebook: its JSON is no object")
    cells = document.get("cells")
    if "worksheets" in document and cells is None:
        raise UnreadableSource(
            "a notebook of format 3 or older; `jupyter nbconvert --to notebook` makes it a newer one"
        )
    if not isinstance(cells, list):
        raise UnreadableSource("not a notebook: it has no list of cells")
    if not _speaks_python(document):
        return ()
    return tuple(found for number, cell in enumerate(cells, start=1) if (found := _code_cell(number, cell)) is not None)


def _parsed(text: str) -> object:
    try:
        document: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableSource(f"not a notebook: {error.msg}", error.lineno, error.colno) from error
    except RecursionError as error:
        raise UnreadableSource("nested too deeply") from error
    except ValueError as error:  # a number with more digits than Python converts
        raise UnreadableSource(f"not a notebook: {error}") from error
    return document


def _speaks_python(document: dict[str, object]) -> bool:
    """Whether the kernel is Python's; a notebook that says nothing of it is taken to be."""
    metadata = document.get("metadata")
    for key, name in (("kernelspec", "language"), ("language_info", "name")):
        about = metadata.get(key) if isinstance(metadata, dict) else None
        language = about.get(name) if isinstance(about, dict) else None
        if isinstance(language, str) and language:
            return language.lower() in _PYTHON
    return True


def _code_cell(number: int, cell: object) -> CodeCell | None:
    """The cell, if there is or should be Python in it."""
    if not isinstance(cell, dict):
        return CodeCell(number, "", "not a cell: no object")
    if cell.get("cell_type") != "code" or not _is_python(cell.get("metadata")):
        return None
    source = cell.get("source")
    if isinstance(source, str):
        return CodeCell(number, source)
    if isinstance(source, list) and all(isinstance(piece, str) for piece in source):
        return CodeCell(number, "".join(source))
    return CodeCell(number, "", "a cell whose source is no text")


def _is_python(metadata: object) -> bool:
    """Whether a code cell is in the language of the kernel; editors let people choose another one for a cell."""
    editor = metadata.get("vscode") if isinstance(metadata, dict) else None
    language = editor.get("languageId") if isinstance(editor, dict) else None
    return not isinstance(language, str) or language.lower() in _PYTHON

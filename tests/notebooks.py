"""Notebooks made of Python, as Jupyter would store them."""

from __future__ import annotations

import ast
import json

PYTHON = {"kernelspec": {"language": "python", "name": "python3"}, "language_info": {"name": "python"}}


def code(text: str) -> dict[str, object]:
    """A code cell, its source a list of lines."""
    lines = text.splitlines(keepends=True)
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": lines}


def markdown(text: str) -> dict[str, object]:
    """A cell that nobody runs."""
    return {"cell_type": "markdown", "metadata": {}, "source": [text]}


def notebook(*cells: object, indent: int | None = 1) -> str:
    """A notebook with these cells."""
    document = {"cells": list(cells), "metadata": PYTHON, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document, indent=indent, ensure_ascii=False) + "\n"


def split(source: str) -> list[str]:
    """A module cut between its top-level statements, comments and empty lines with the statement below them."""
    lines = source.splitlines(keepends=True)
    ends = [node.end_lineno or 0 for node in ast.parse(source).body]
    starts = [0, *ends[:-1]]
    return ["".join(lines[start:end]) for start, end in zip(starts, ends, strict=True) if end > start]


def of_module(source: str) -> str:
    """A notebook that does what a module does: a cell for each statement, between them cells of other kinds."""
    cells: list[object] = [markdown("# A title"), code("%pip install -q something\n!ls")]
    for number, part in enumerate(split(source)):
        cell = code(part)
        if number % 2:
            cell["source"] = part
        cells += [cell, markdown("And *then*:")]
    return notebook(*cells)

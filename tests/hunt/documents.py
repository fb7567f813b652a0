"""Changes to documents: JSON, notebooks, YAML, TOML, and lines of names and versions."""

from __future__ import annotations

import json
import random
import re
from copy import deepcopy

from tests.hunt.bases import bases
from tests.hunt.hostile import MAGICS, NODES, REQUIREMENTS, SNIPPETS, TOML_LINES, YAML_LINES
from tests.hunt.nodes import Place, places_of, put, value_at
from tests.hunt.texts import Mutation, replaced

FOLLOWED_VALUE = re.compile(r"(?<=[:=] )[^\n]+")


def _json_node(text: str, chance: random.Random, module: str) -> str:
    """Another node somewhere: an odd one, one from elsewhere, more of it, none, one deeper, one of another name."""
    try:
        document: object = json.loads(text)
        places = list(places_of(document))
        if places:
            _changed(chance.choice(places), places, chance)
        return json.dumps(document)
    except (ValueError, RecursionError):  # it is none any more, or it holds itself
        return _odd_json_text(text, chance, module)


def _changed(place: Place, places: list[Place], chance: random.Random) -> None:
    elsewhere = chance.choice(places)
    now, other = value_at(place), deepcopy(value_at(elsewhere))
    match chance.randrange(9):
        case 0:
            put(place, None, gone=True)
        case 1:
            put(place, other, gone=False)
        case 2:
            put(place, elsewhere[0], gone=False)  # it may hold itself now
        case 3:
            put(place, [now, other] * chance.choice((1, 30)), gone=False)
        case 4:
            put(place, {"": now, "name": other}, gone=False)
        case 5:
            put(place, _deep(now, chance.choice((3, 40, 400))), gone=False)
        case 6 if isinstance(place[0], dict) and isinstance(elsewhere[1], str):
            place[0][elsewhere[1]] = now
        case 7 if isinstance(now, str):
            put(place, now + chance.choice(("x", "\ud800", "\x00", "{x}", "9" * 400, "\u202e")), gone=False)
        case _:
            put(place, chance.choice(NODES), gone=False)


def _deep(node: object, levels: int) -> object:
    for level in range(levels):
        node = [node] if level % 2 else {"a": node}
    return node


def _cell(text: str, chance: random.Random, module: str) -> str:
    """Another cell in a notebook, or another form of one."""
    try:
        document = json.loads(text)
        cells = document["cells"]
        cell = deepcopy(chance.choice(cells))
        code = chance.choice((*MAGICS, *SNIPPETS))
        source = cell["source"]
        match chance.randrange(6):
            case 0:
                cell["source"] = code
            case 1:
                cell["source"] = [*code.splitlines(keepends=True), *source]
            case 2:
                cell["source"] = [*source, chance.choice(NODES)]
            case 3:
                cell["cell_type"] = chance.choice(("code", "markdown", "raw", "", None, "heading"))
            case 4:
                cell["metadata"] = {"language": "python", "magic_args": code, "vscode": {"languageId": "sql"}}
            case _:
                document |= {"nbformat": 3, "worksheets": [{"cells": cells}]}
        cells.insert(chance.randrange(len(cells) + 1), cell)
        return json.dumps(document)
    except (ValueError, RecursionError, LookupError, TypeError):
        return _odd_json_text(text, chance, module)


def _json_line(text: str, chance: random.Random, module: str) -> str:
    """Another node in one document of many, each in a line of its own."""
    lines = text.splitlines(keepends=True)
    if lines:
        at = chance.randrange(len(lines))
        lines[at] = _json_node(lines[at].rstrip("\n"), chance, module) + "\n"
    return "".join(lines)


def _odd_json_text(text: str, chance: random.Random, _module: str) -> str:
    values = (
        "null",
        "NaN",
        "-Infinity",
        "1e999",
        "[" * 3000,
        '{"a":' * 3000,
        '"\\ud800"',
        "[]",
        "{}",
        '"\\u0000"',
        "0",
    )
    return replaced(text, re.compile(r'"[^"\n]*"|\d+|true|false|null'), chance, chance.choice(values))


def _yaml_line(text: str, chance: random.Random, _module: str) -> str:
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines) + 1)
    around = lines[at - 1] if at else ""
    indent = around[: len(around) - len(around.lstrip())].rstrip("\n") if chance.random() < 0.6 else ""
    new = "".join(f"{indent}{line}\n" for line in chance.choice(YAML_LINES).split("\n"))
    return "".join(lines[:at]) + new + "".join(lines[at:])


def _yaml_value(text: str, chance: random.Random, _module: str) -> str:
    values = (
        "",
        "null",
        "[]",
        "{}",
        "1",
        ".nan",
        "'",
        "|",
        ">-",
        "&a [*a]",
        "*a",
        "!!set {a}",
        "!!omap []",
        "[" * 500,
        "{a: " * 500,
    )
    return replaced(text, FOLLOWED_VALUE, chance, chance.choice(values))


def _toml_line(text: str, chance: random.Random, _module: str) -> str:
    lines = text.splitlines(keepends=True)
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(TOML_LINES) + "\n")
    return "".join(lines)


def _toml_value(text: str, chance: random.Random, _module: str) -> str:
    values = (
        "1",
        "-1",
        "'x'",
        "[]",
        "{}",
        "[1]",
        "true",
        "nan",
        "inf",
        "''",
        "['']",
        "['[']",
        "{a = 1}",
        "1979-05-27",
        "[[]]",
    )
    return replaced(text, FOLLOWED_VALUE, chance, chance.choice(values))


def _requirement(text: str, chance: random.Random, _module: str) -> str:
    lines = text.splitlines(keepends=True)
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(REQUIREMENTS) + "\n")
    return "".join(lines)


def _indented(text: str, chance: random.Random, _module: str) -> str:
    """A stretch of lines stands further in or out."""
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines) + 1)
    to = at + chance.choice((1, 3, 9))
    by = chance.choice((" ", "  ", "- ", "\t", "? ", "", "", "#"))
    moved = [by + line if by else line.removeprefix("  ") for line in lines[at:to]]
    return "".join(lines[:at] + moved + lines[to:])


def _spliced(suffix: str) -> Mutation:
    """Lines of another document of the same kind among one's own."""

    def spliced(text: str, chance: random.Random, _module: str) -> str:
        texts = [data for base in bases() for path, data in base.files if path.endswith(suffix)]
        own = text.splitlines(keepends=True)
        other = chance.choice(texts).decode().splitlines(keepends=True)
        at, of = chance.randrange(len(own) + 1), chance.randrange(len(other) + 1)
        return "".join(own[:at] + other[of : of + chance.choice((1, 5, 50))] + own[at:])

    return spliced


JSON: tuple[Mutation, ...] = (_json_node, _json_node, _json_node, _odd_json_text)
NOTEBOOK: tuple[Mutation, ...] = (_json_node, _cell, _cell, _odd_json_text)
RECORDS: tuple[Mutation, ...] = (_json_line, _json_line, _json_line, _json_line, _odd_json_text, _spliced(".jsonl"))
YAML: tuple[Mutation, ...] = (_yaml_line, _yaml_line, _yaml_value, _indented, _spliced(".yaml"))
TOML: tuple[Mutation, ...] = (_toml_line, _toml_line, _toml_value, _toml_value, _indented, _spliced(".toml"))
LINES: tuple[Mutation, ...] = (_requirement, _requirement, _requirement, _indented)

"""Changes to a source: small ones to its text, and those that know what kind of document it is."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import PurePosixPath

from tests.hunt.hostile import DEEP, NODES, SNIPPETS, TOML_LINES, VALUES, VERY_DEEP, YAML_LINES
from tests.hunt.nodes import places_of, put

Mutation = Callable[[str, random.Random, str], str]
"""From a text, a source of chance and the name of the module to another text."""

TOKEN = re.compile(r"\w+|\s+|.", re.DOTALL)
TOP_LEVEL = re.compile(r"^(?=[A-Za-z_@])(?!(?:else|elif|except|finally|case)\b)", re.MULTILINE)
BODY = re.compile(r"^(?P<indent> *)(?:async )?def \w+\([^\n]*:\n(?P<inner> +)", re.MULTILINE)
HEADER = re.compile(r"^(?:async )?(?:def|class) \w", re.MULTILINE)
ARGUMENT = re.compile(r"(?<=[(,=\[:] )[\w\"'.]+|(?<=[(\[])[\w\"'.]+")
ON_OBJECT = re.compile(r"\b\w+(?=\.\w+\()")
BASES = re.compile(r"^(class (\w+))[^\n]*:", re.MULTILINE)
PLACEHOLDER = re.compile("NAME|FUNCTION|KIND|MODULE")
FOLLOWED_VALUE = re.compile(r"(?<=[:=] )[^\n]+")


def mutated(path: str, data: bytes, chance: random.Random) -> tuple[str, bytes]:
    """What one mutation makes of a file, with the name of the mutation."""
    if chance.random() < 0.08:
        change = chance.choice(BYTES)
        return change.__name__, change(data, chance)
    kinds = BY_SUFFIX[PurePosixPath(path).suffix]
    mutation = chance.choice(kinds if chance.random() < 0.7 else ANY)
    text = mutation(data.decode("utf-8", "surrogateescape"), chance, PurePosixPath(path).stem)
    return mutation.__name__.lstrip("_"), text.encode("utf-8", "surrogatepass")


def _spot(text: str, pattern: re.Pattern[str], chance: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return chance.choice(found) if found else None


def _replaced(text: str, pattern: re.Pattern[str], chance: random.Random, new: str) -> str:
    spot = _spot(text, pattern, chance)
    return text if spot is None else text[: spot.start()] + new + text[spot.end() :]


# Any text.


def _token_deleted(text: str, chance: random.Random, _module: str) -> str:
    return _replaced(text, TOKEN, chance, "")


def _token_doubled(text: str, chance: random.Random, _module: str) -> str:
    spot = _spot(text, TOKEN, chance)
    return text if spot is None else text[: spot.end()] + text[spot.start() :]


def _tokens_swapped(text: str, chance: random.Random, _module: str) -> str:
    tokens = TOKEN.findall(text)
    words = [index for index, token in enumerate(tokens) if token[0].isalnum()]
    if len(words) > 1:
        one, other = chance.sample(words, 2)
        tokens[one], tokens[other] = tokens[other], tokens[one]
    return "".join(tokens)


def _token_repeated(text: str, chance: random.Random, _module: str) -> str:
    tokens = TOKEN.findall(text)
    words = [index for index, token in enumerate(tokens) if token[0].isalnum()]
    if words:
        tokens[chance.choice(words)] = tokens[chance.choice(words)]
    return "".join(tokens)


def _line_deleted(text: str, chance: random.Random, _module: str) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        del lines[chance.randrange(len(lines))]
    return "".join(lines)


def _line_moved(text: str, chance: random.Random, _module: str) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        lines.insert(chance.randrange(len(lines)), lines[chance.randrange(len(lines))])
    return "".join(lines)


def _cut_off(text: str, chance: random.Random, _module: str) -> str:
    return text[: chance.randrange(len(text) + 1)]


def _odd_character(text: str, chance: random.Random, _module: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice("\0\ud800\ufeff\f\r\x1a\u2028\u202e\x85`$\\\"'{}[]()") + text[at:]


def _brackets(text: str, chance: random.Random, _module: str) -> str:
    spot = _spot(text, re.compile(r"\w+"), chance)
    if spot is None:
        return text
    depth = chance.choice((DEEP, 10 * DEEP, VERY_DEEP))
    left, right = chance.choice(
        ("()", "[]", "{}", ("-", ""), ("not ", ""), ("x(", ")"), ("", "[0]"), ("", ".a"), ("", "()"))
    )
    return text[: spot.start()] + left * depth + spot[0] + right * depth + text[spot.end() :]


# Python.


def _hostile_line(text: str, chance: random.Random, module: str) -> str:
    snippet = _snippet(text, chance, module)
    spot = _spot(text, TOP_LEVEL, chance)
    at = spot.start() if spot else len(text)
    return f"{text[:at]}{snippet}\n{text[at:]}" if chance.random() < 0.7 else f"{text}\n{snippet}\n"


def _hostile_body(text: str, chance: random.Random, module: str) -> str:
    spot = _spot(text, BODY, chance)
    if spot is None:
        return _hostile_line(text, chance, module)
    lines = _snippet(text, chance, module).splitlines()
    inner = spot["inner"]
    return text[: spot.end()] + f"\n{inner}".join(lines) + f"\n{inner}" + text[spot.end() :]


def _snippet(text: str, chance: random.Random, module: str) -> str:
    def pick(pattern: str) -> str:
        spot = _spot(text, re.compile(pattern, re.MULTILINE), chance)
        return spot[1] if spot else "nothing"

    names = {
        "NAME": pick(r"^(\w+) = "),
        "FUNCTION": pick(r"def (\w+)"),
        "KIND": pick(r"^class (\w+)"),
        "MODULE": module,
    }
    return PLACEHOLDER.sub(lambda match: names[match[0]], chance.choice(SNIPPETS))


def _on_the_class(text: str, chance: random.Random, _module: str) -> str:
    classes = re.findall(r"\b[A-Z]\w+[a-z]\w*\b", text)
    return _replaced(text, ON_OBJECT, chance, chance.choice(classes)) if classes else text


def _own_base(text: str, chance: random.Random, _module: str) -> str:
    spot = _spot(text, BASES, chance)
    if spot is None:
        return text
    return f"{text[: spot.start()]}{spot[1]}({spot[2]}):{text[spot.end() :]}"


def _odd_value(text: str, chance: random.Random, _module: str) -> str:
    return _replaced(text, ARGUMENT, chance, chance.choice(VALUES))


def _decorated(text: str, chance: random.Random, _module: str) -> str:
    spot = _spot(text, HEADER, chance)
    names = [*re.findall(r"(?:def|class) (\w+)", text), "property", "staticmethod", "classmethod", "nothing", "type"]
    at = spot.start() if spot else 0
    return f"{text[:at]}@{chance.choice(names)}\n{text[at:]}"


def _in_a_block(text: str, chance: random.Random, _module: str) -> str:
    """The end of the module in a block, or in many."""
    spot = _spot(text, TOP_LEVEL, chance)
    at = spot.start() if spot else 0
    header = chance.choice(
        ("if x:", "while True:", "for x in y:", "try:", "with x:", "def f():", "class C:", "match x:\n case _:")
    )
    depth = chance.choice((1, 2, 19, 95))
    before = ""
    for level in range(depth):
        before += "".join(" " * level * 2 + line + "\n" for line in header.splitlines())
    inner = "".join("  " * depth + line for line in text[at:].splitlines(keepends=True))
    after = "".join("  " * level + "finally: pass\n" for level in reversed(range(depth))) if header == "try:" else ""
    return f"{text[:at]}{before}{inner}\n{after}"


def _imports_itself(text: str, chance: random.Random, module: str) -> str:
    names = re.findall(r"^(?:def|class) (\w+)|^(\w+) = ", text, re.MULTILINE)
    name = "".join(chance.choice(names)) if names else "*"
    where = chance.choice((f"from {module} import {name}", f"from .{module} import {name}", f"from .{module} import *"))
    return f"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    {where}\n{where}\n{text}"


# Documents.


def _json_node(text: str, chance: random.Random, module: str) -> str:
    try:
        document: object = json.loads(text)
        places = list(places_of(document))
        if places:
            place = chance.choice(places)
            new = chance.choice(places)[0] if chance.random() < 0.2 else chance.choice(NODES)
            put(place, new, gone=chance.random() < 0.2)
        return json.dumps(document)
    except (ValueError, RecursionError):  # it is none any more, or it holds itself
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
    return _replaced(text, re.compile(r'"[^"\n]*"|\d+|true|false|null'), chance, chance.choice(values))


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
    return _replaced(text, FOLLOWED_VALUE, chance, chance.choice(values))


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
    return _replaced(text, FOLLOWED_VALUE, chance, chance.choice(values))


# Bytes.


def marked(data: bytes, chance: random.Random) -> bytes:
    """A byte order mark, the right one or another's, or two."""
    return chance.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf" * 2, b"\0\0\xfe\xff")) + data


def encoded(data: bytes, chance: random.Random) -> bytes:
    """Another encoding, with or without a word about it."""
    name = chance.choice(
        ("utf-16", "utf-32", "utf-7", "latin-1", "idna", "rot13", "zlib", "not-there", "\0", "undefined")
    )
    cookie = f"# -*- coding: {name} -*-\n".encode() if chance.random() < 0.7 else b""
    return cookie + (data.decode().encode(name, "replace") if name.startswith("utf") else data)


def sprinkled(data: bytes, chance: random.Random) -> bytes:
    """Bytes that are no UTF-8, or no text."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice((b"\0", b"\xff", b"\xed\xa0\x80", b"\xc0\x80", b"\xf5\x80", b"\x80")) + data[at:]


def other_newlines(data: bytes, chance: random.Random) -> bytes:
    """Line ends of another system, or of none."""
    return data.replace(b"\n", chance.choice((b"\r", b"\r\n", b"\n\r", b"\x0b", b"\\\n", b"\n\x0c")))


def emptied(data: bytes, chance: random.Random) -> bytes:
    """Nothing, or next to it."""
    return chance.choice((b"", b"\n", b"\0", b"\\", b"\xef\xbb\xbf", data[:1], data * 3))


BYTES = (marked, encoded, sprinkled, other_newlines, emptied)
ANY: tuple[Mutation, ...] = (
    _token_deleted,
    _token_doubled,
    _tokens_swapped,
    _token_repeated,
    _line_deleted,
    _line_moved,
    _cut_off,
    _odd_character,
    _brackets,
)
PYTHON: tuple[Mutation, ...] = (
    _hostile_line,
    _hostile_line,
    _hostile_body,
    _hostile_body,
    _on_the_class,
    _own_base,
    _odd_value,
    _odd_value,
    _decorated,
    _in_a_block,
    _imports_itself,
    _token_repeated,
)
JSON: tuple[Mutation, ...] = (_json_node, _json_node, _odd_json_text)
BY_SUFFIX: dict[str, tuple[Mutation, ...]] = {
    ".py": PYTHON,
    ".ipynb": JSON,
    ".json": JSON,
    ".jsonc": JSON,
    ".jsonl": (_json_line, _json_line, _json_line, _odd_json_text),
    ".yaml": (_yaml_line, _yaml_line, _yaml_value),
    ".toml": (_toml_line, _toml_value),
}

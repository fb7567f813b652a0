"""Changes to Python that know what it is made of."""

from __future__ import annotations

import ast
import random
import re
import warnings

from tests.hunt.bases import bases
from tests.hunt.hostile import AROUND, SNIPPETS, VALUES
from tests.hunt.texts import Mutation, replaced, spot_of

TOP_LEVEL = re.compile(r"^(?=[A-Za-z_@])(?!(?:else|elif|except|finally|case)\b)", re.MULTILINE)
BODY = re.compile(r"^(?P<indent> *)(?:async )?def \w+\([^\n]*:\n(?P<inner> +)", re.MULTILINE)
HEADER = re.compile(r"^(?:async )?(?:def|class) \w", re.MULTILINE)
ARGUMENT = re.compile(r"(?<=[(,=\[:] )[\w\"'.]+|(?<=[(\[])[\w\"'.]+")
ON_OBJECT = re.compile(r"\b\w+(?=\.\w+\()")
BASES = re.compile(r"^(class (\w+))[^\n]*:", re.MULTILINE)
NEWLINE = re.compile(rb"\r\n|\r|\n")
PLACEHOLDER = re.compile("NAME|FUNCTION|KIND|MODULE")


def _hostile_line(text: str, chance: random.Random, module: str) -> str:
    snippet = _snippet(text, chance, module)
    spot = spot_of(text, TOP_LEVEL, chance)
    at = spot.start() if spot else len(text)
    return f"{text[:at]}{snippet}\n{text[at:]}" if chance.random() < 0.7 else f"{text}\n{snippet}\n"


def _hostile_body(text: str, chance: random.Random, module: str) -> str:
    spot = spot_of(text, BODY, chance)
    if spot is None:
        return _hostile_line(text, chance, module)
    lines = _snippet(text, chance, module).splitlines()
    inner = spot["inner"]
    return text[: spot.end()] + f"\n{inner}".join(lines) + f"\n{inner}" + text[spot.end() :]


def _snippet(text: str, chance: random.Random, module: str) -> str:
    def pick(pattern: str) -> str:
        spot = spot_of(text, re.compile(pattern, re.MULTILINE), chance)
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
    return replaced(text, ON_OBJECT, chance, chance.choice(classes)) if classes else text


def _own_base(text: str, chance: random.Random, _module: str) -> str:
    spot = spot_of(text, BASES, chance)
    if spot is None:
        return text
    return f"{text[: spot.start()]}{spot[1]}({spot[2]}):{text[spot.end() :]}"


def _odd_value(text: str, chance: random.Random, _module: str) -> str:
    return replaced(text, ARGUMENT, chance, chance.choice(VALUES))


def _decorated(text: str, chance: random.Random, _module: str) -> str:
    spot = spot_of(text, HEADER, chance)
    names = [*re.findall(r"(?:def|class) (\w+)", text), "property", "staticmethod", "classmethod", "nothing", "type"]
    at = spot.start() if spot else 0
    return f"{text[:at]}@{chance.choice(names)}\n{text[at:]}"


def _in_a_block(text: str, chance: random.Random, _module: str) -> str:
    """The end of the module in a block, or in many."""
    spot = spot_of(text, TOP_LEVEL, chance)
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


# Calls, argument by argument.


def _parsed(text: str) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            return None


def _put(text: str, node: ast.expr | ast.keyword, new: str) -> str:
    """The text with another text in the place of an expression."""
    data = text.encode("utf-8", "surrogatepass")
    starts = [0, *(end.end() for end in NEWLINE.finditer(data))]
    begin = starts[node.lineno - 1] + node.col_offset
    end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
    return (data[:begin] + new.encode("utf-8", "surrogatepass") + data[end:]).decode("utf-8", "surrogatepass")


def _argument(text: str, chance: random.Random, module: str) -> str:
    """Another argument in a call: an odd one, one from elsewhere, none, one of another name."""
    tree = _parsed(text)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)] if tree else []
    given = [call for call in calls if call.args or call.keywords]
    if not given:
        return _odd_value(text, chance, module)
    call = chance.choice(given)
    parts: list[ast.expr | ast.keyword] = [*call.args, *call.keywords]
    part = chance.choice(parts)
    value = part.value if isinstance(part, ast.keyword) else part
    other = _written(text, chance.choice(parts))
    match chance.randrange(7):
        case 0:
            return _put(text, value, chance.choice(VALUES))
        case 1:
            return _put(text, part, f"{_written(text, part)}, {other}")
        case 2:
            return _put(text, part, "*()")
        case 3:
            names = [each.arg for one in calls for each in one.keywords if each.arg] or ["name"]
            return _put(text, part, f"{chance.choice(names)}={_written(text, value)}")
        case 4:
            return _put(text, part, _written(text, value))
        case 5:
            return _put(text, part, chance.choice(("*", "**")) + f"({_written(text, value)})")
        case _:
            return _put(text, call, f"{_written(text, call.func)}({other})")


def _wrapped(text: str, chance: random.Random, module: str) -> str:
    """Something around an expression, or another one in its place."""
    tree = _parsed(text)
    found = [node for node in ast.walk(tree) if isinstance(node, ast.expr)] if tree else []
    if not found:
        return _odd_value(text, chance, module)
    node, other = chance.choice(found), chance.choice(found)
    around = chance.choice(AROUND) if chance.random() < 2 / 3 else "{1}"
    return _put(text, node, around.format(_written(text, node), _written(text, other)))


def _written(text: str, node: ast.AST) -> str:
    return ast.get_source_segment(text, node) or "x"


# Two programs in one.


def _chunks(text: str) -> list[str]:
    """The statements of a module with what stands between them."""
    starts = [spot.start() for spot in TOP_LEVEL.finditer(text)]
    return [text[begin:end] for begin, end in zip([0, *starts], [*starts, len(text)], strict=True)]


def _other(chance: random.Random) -> str:
    """The text of another program."""
    while True:
        path, data = chance.choice(chance.choice(bases()).files)
        if path.endswith(".py"):
            return data.decode()


def _spliced(text: str, chance: random.Random, _module: str) -> str:
    """Statements of two programs, one after the other or in turn."""
    own, other = _chunks(text), _chunks(_other(chance))
    match chance.randrange(3):
        case 0:
            return "".join(own[: chance.randrange(len(own) + 1)] + other[chance.randrange(len(other)) :])
        case 1:
            at = chance.randrange(len(own) + 1)
            return "".join(own[:at]) + f"\n{chance.choice(other)}\n" + "".join(own[at:])
        case _:
            pairs = zip(own + [""] * len(other), other + [""] * len(own), strict=True)
            return "\n".join(part for pair in pairs for part in pair)


def _shuffled(text: str, chance: random.Random, _module: str) -> str:
    chunks = _chunks(text)
    chance.shuffle(chunks)
    return "\n".join(chunks)


def _nested(text: str, chance: random.Random, module: str) -> str:
    """The whole module in a function that is called, in a class, or in a step of itself."""
    header, after = chance.choice(
        (
            ("def whole():", "whole()"),
            ("def whole(*args, **kwargs):\n    global whole", "whole(whole())"),
            ("class Whole:", "Whole()"),
            ("async def whole():", f"import {module}\n{module}.whole()"),
            ("for name in ['a', 'b']:", ""),
            ("if __name__ == '__main__':", ""),
        )
    )
    inner = "".join(f"    {line}" for line in text.splitlines(keepends=True))
    return f"{header}\n{inner}\n{after}\n"


PYTHON: tuple[Mutation, ...] = (
    _hostile_line,
    _hostile_line,
    _hostile_body,
    _on_the_class,
    _own_base,
    _odd_value,
    _argument,
    _argument,
    _argument,
    _wrapped,
    _wrapped,
    _decorated,
    _in_a_block,
    _imports_itself,
    _spliced,
    _spliced,
    _shuffled,
    _nested,
)

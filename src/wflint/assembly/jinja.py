"""The variables that a Jinja template asks for, told from its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CODE = r"(?:'[^']*'|\"[^\"]*\"|[^%}'\"]|[%}](?!\}))*"
"""Inside a tag: texts, which may hold brackets themselves, and anything else up to the end of the tag."""
_TAG = re.compile(
    r"\{#.*?#\}|\{\{(?P<out>" + _CODE + r")\}\}|\{%[-+]?\s*(?P<word>\w+)(?P<rest>" + _CODE + r")%\}", re.DOTALL
)
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_STRING = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", re.DOTALL)
_NAME = re.compile(r"(?<![\w.|])(?P<name>[A-Za-z_]\w*)(?P<given>\s*=(?!=))?")
_AFTER = re.compile(r"(?:\|\s*|\bis\s+(?:not\s+)?)\w+(?:\.\w+)*")
_LOOP = re.compile(r"\s*(?P<targets>.*?)\s+in\s+(?P<rest>.*)", re.DOTALL)
_SET = re.compile(r"\s*(?P<targets>[\w\s,.]+?)\s*(?:=(?P<rest>.*))?$", re.DOTALL)
_WORDS = frozenset(
    {
        "and", "or", "not", "in", "is", "if", "else", "recursive", "true", "false", "none", "True", "False", "None",
        "loop", "range", "dict", "lipsum", "cycler", "joiner", "namespace", "self", "super", "caller", "varargs",
        "kwargs", "ignore", "missing", "with", "without", "context", "now",
    }
)  # fmt: skip
"""Words of the language, and names that every template has."""
_EXPRESSIONS = frozenset({"if", "elif", "for", "set", "print", "call", "filter", "with", "include"})


def jinja_variables(template: str) -> tuple[str, ...]:
    """The names that a template reads and does not set itself, in order."""
    read: dict[str, None] = {}
    own: set[str] = set()
    for tag in _TAG.finditer(_RAW.sub("", template)):
        if tag["out"] is not None:
            read.update(dict.fromkeys(_names(tag["out"])))
        elif tag["word"] in _EXPRESSIONS:
            targets, expression = _split(tag["word"], tag["rest"])
            own |= targets
            read.update(dict.fromkeys(_names(expression)))
        elif tag["word"] == "macro":
            own |= set(re.findall(r"\w+", tag["rest"]))
    return tuple(name for name in read if name not in own)


def _split(word: str, rest: str) -> tuple[set[str], str]:
    """The names that a tag sets, and the expression that it reads."""
    pattern = {"for": _LOOP, "set": _SET, "with": _SET}.get(word)
    match = pattern.match(rest) if pattern is not None else None
    if match is None:
        return set(), rest
    targets = {part.strip().partition(".")[0] for part in match["targets"].strip("() ").split(",")}
    return targets, match["rest"] or ""


def _names(expression: str) -> Iterator[str]:
    plain = _AFTER.sub(" ", _STRING.sub("''", expression))
    for match in _NAME.finditer(plain):
        if match["given"] is None and match["name"] not in _WORDS:
            yield match["name"]

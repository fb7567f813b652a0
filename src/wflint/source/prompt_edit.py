"""Adding a sentence to a text that is written in a source: everything else stays as it is, to the character.

The text is found by what it says, because the place that uses it is often not the place that holds it.
"""

from __future__ import annotations

import libcst as cst
from msgspec import Struct

from wflint.model.patterns import pattern

_GAP = "\u2026"
"""What stands for a part of a text that is not known before the run."""
_PLACE = pattern(r"\{[\w.\[\]!:?]*\}")
"""A place in a template."""
_QUOTES = pattern(r"(?:'''|\"\"\"|'|\")$")


class PromptEdit(Struct, frozen=True):
    """A sentence to add at the end of a text, where a module holds exactly that text once."""

    text: str
    sentence: str


def add_sentence(module: str, edit: PromptEdit) -> str | None:
    """The module with the sentence at the end of the text; None where it is not there once and for all."""
    tree = _parsed(module)
    if tree is None:
        return None
    finder = _Finder(_plain(edit.text))
    tree.visit(finder)
    if len(finder.found) != 1:
        return None
    (literal,) = finder.found
    changed = tree.deep_replace(literal, _with_sentence(literal, edit.sentence))
    return changed.code if isinstance(changed, cst.Module) and changed.code != module else None


def add_at_end(file: str, edit: PromptEdit) -> str | None:
    """A file that holds nothing but the text, with the sentence on a line of its own; None for every other one."""
    if not file.strip() or _plain(file) != _plain(edit.text) or "{" in edit.sentence:
        return None
    body = file.rstrip()
    ending = "\r\n" if "\r\n" in file else "\n"
    return f"{body}{ending}{edit.sentence}{file[len(body) :] or ending}"


def _parsed(module: str) -> cst.Module | None:
    try:
        return cst.parse_module(module)
    except (cst.ParserSyntaxError, cst.CSTValidationError, RecursionError, UnicodeEncodeError):
        return None


_Literal = cst.SimpleString | cst.FormattedString | cst.ConcatenatedString


class _Finder(cst.CSTVisitor):
    """The outermost literals that say a text."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted = wanted
        self.found: list[_Literal] = []

    def visit_SimpleString(self, node: cst.SimpleString) -> bool:  # noqa: N802 (libcst's name)
        return self._see(node)

    def visit_FormattedString(self, node: cst.FormattedString) -> bool:  # noqa: N802 (libcst's name)
        return self._see(node)

    def visit_ConcatenatedString(self, node: cst.ConcatenatedString) -> bool:  # noqa: N802 (libcst's name)
        return self._see(node)

    def _see(self, node: _Literal) -> bool:
        if _plain(_said(node)) == self.wanted:
            self.found.append(node)
        return False


def _plain(text: str) -> str:
    """A text without its layout and what fills its places: prompts are dedented, stripped and filled before use."""
    return " ".join(_PLACE.sub(_GAP, text).split())


def _said(node: cst.BaseExpression) -> str:
    """What a literal says, with a gap for each part that is computed."""
    match node:
        case cst.SimpleString():
            value = node.evaluated_value
            return value if isinstance(value, str) else ""
        case cst.ConcatenatedString():
            return _said(node.left) + _said(node.right)
        case cst.FormattedString():
            return "".join(_part(part, raw="r" in node.start.lower()) for part in node.parts)
        case _:
            return ""


def _part(part: cst.BaseFormattedStringContent, *, raw: bool) -> str:
    if not isinstance(part, cst.FormattedStringText):
        return _GAP
    value = part.value.replace("{{", "{").replace("}}", "}")
    return value if raw or "\\" not in value else value.encode("latin-1", "backslashreplace").decode("unicode_escape")


def _with_sentence(node: _Literal, sentence: str) -> _Literal:
    match node:
        case cst.ConcatenatedString():
            right = node.right
            assert isinstance(right, cst.SimpleString | cst.FormattedString | cst.ConcatenatedString)
            return node.with_changes(right=_with_sentence(right, sentence))
        case cst.SimpleString():
            quotes = _QUOTES.search(node.value)
            assert quotes is not None
            opening = node.value.index(quotes[0]) + len(quotes[0])
            head, body = node.value[:opening], node.value[opening : quotes.start()]
            return node.with_changes(value=f"{head}{_joined(body, sentence, _between(head))}{quotes[0]}")
        case cst.FormattedString():
            return _formatted(node, sentence)


def _formatted(node: cst.FormattedString, sentence: str) -> cst.FormattedString:
    last = node.parts[-1] if node.parts else None
    between = _between(node.start)
    if isinstance(last, cst.FormattedStringText):
        parts = [*node.parts[:-1], last.with_changes(value=_joined(last.value, sentence, between))]
    else:
        parts = [*node.parts, cst.FormattedStringText(f"{between if node.parts else ''}{sentence}")]
    return node.with_changes(parts=parts)


def _between(head: str) -> str:
    """What stands between a text and one more sentence, in a literal that begins so."""
    if head.endswith(('"""', "'''")):
        return "\n"
    return " " if "r" in head.lower() else "\\n"


def _joined(body: str, sentence: str, between: str) -> str:
    """The sentence on a line of its own after what is there, indented as the last one."""
    written = [line for line in body.split("\n")[1:] if line.strip()]
    if between != "\n" or not written:
        return f"{body.rstrip()}{between}{sentence}" if body.strip() else f"{body}{sentence}"
    indent = written[-1][: len(written[-1]) - len(written[-1].lstrip())]
    tail = body[len(body.rstrip()) :]
    return f"{body.rstrip()}\n{indent}{sentence}{tail}"

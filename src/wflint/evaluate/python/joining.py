"""Texts put together from pieces, some of them unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.file_texts import FileText
from wflint.evaluate.python.paths import as_text
from wflint.evaluate.values import Const, Text, Union, Unknown, Value, join, text_of

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter


ONE_OF_SEVERAL = "one of several texts"
"""Why a text is not known that is one of some, each with its own holes."""


def text_from(interp: Interpreter, parts: list[Value]) -> Value:
    """A text put together from `parts`: constant if all of them are, else with holes."""
    pieces: list[Value] = []
    for part in parts:
        whole = as_text(interp.resolved(part))
        for piece in whole.parts if isinstance(whole, Text) else (whole,):
            plain = _plain(piece)
            if plain is not None and pieces and isinstance(last := pieces[-1], Const):
                pieces[-1] = _longer(last, plain)
            elif isinstance(piece, FileText):
                pieces.append(piece)
            else:
                pieces.append(Const(plain) if plain is not None else _flat(piece))
    length = sum(len(str(piece.value)) for piece in pieces if isinstance(piece, Const))
    if length > interp.budget.characters or len(pieces) > interp.budget.max_iterations:
        return Unknown("a text beyond the budget", None, depends_on(*pieces))
    if not pieces:
        return Const("")
    if len(pieces) == 1 and isinstance(pieces[0], Const):
        return pieces[0]
    return _spread_options(pieces) or Text(tuple(pieces))


def _longer(text: Const, more: str) -> Const:
    """A text with more behind it; where it begins stays known."""
    whole = f"{text.value}{more}"
    return FileText(whole, text.location) if isinstance(text, FileText) else Const(whole)


def _flat(piece: Value) -> Value:
    """A hole that does not hold texts with holes of their own, which would nest without end."""
    nests = isinstance(piece, Union) and any(isinstance(option, Text) for option in piece.options)
    return Unknown(ONE_OF_SEVERAL, None, depends_on(piece)) if nests else piece


def _plain(piece: Value) -> str | None:
    text = text_of(piece)
    if text is not None:
        return text
    return str(piece.value) if isinstance(piece, Const) else None


def _spread_options(pieces: list[Value]) -> Value | None:
    """`f"step_{n}"` with `n` one of two texts is one of two texts."""
    holes = [number for number, piece in enumerate(pieces) if not isinstance(piece, Const)]
    hole = pieces[holes[0]] if len(holes) == 1 else None
    if not isinstance(hole, Union):
        return None
    plain = [text for text in map(_plain, hole.options) if text is not None]
    if len(plain) < len(hole.options):
        return None
    before, after = ("".join(_plain(p) or "" for p in part) for part in (pieces[: holes[0]], pieces[holes[0] + 1 :]))
    return join(*(Const(f"{before}{text}{after}") for text in plain))

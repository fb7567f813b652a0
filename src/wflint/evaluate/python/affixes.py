"""`text.startswith(...)` and `text.endswith(...)`, also of texts of which only that end is known."""

from __future__ import annotations

from wflint.evaluate.values import Arguments, Sequence, Text, Value, text_of

AFFIXES = ("startswith", "endswith")


def has_affix(receiver: Value, name: str, arguments: Arguments) -> bool | None:
    """Whether a text begins or ends with the argument, or with one of a tuple of them; None where that is not known."""
    if len(arguments.positional) != 1 or arguments.keywords or arguments.open:
        return None
    wanted = _wanted(arguments.positional[0])
    outcomes = {_fits(receiver, affix, at_end=name == "endswith") for affix in wanted or ()}
    if wanted is None or (None in outcomes and True not in outcomes):
        return None
    return True in outcomes


def _wanted(value: Value) -> list[str] | None:
    match value:
        case Sequence(kind="tuple", content=items, closed=True):
            texts = [text for item in items if (text := text_of(item)) is not None]
            return texts if len(texts) == len(items) else None
        case _:
            text = text_of(value)
            return [text] if text is not None else None


def _fits(receiver: Value, affix: str, *, at_end: bool) -> bool | None:
    whole = text_of(receiver)
    known = whole if whole is not None else _edge(receiver, at_end=at_end)
    if known is None:
        return None
    if whole is not None or len(affix) <= len(known):
        return known.endswith(affix) if at_end else known.startswith(affix)
    return None if (affix.endswith(known) if at_end else affix.startswith(known)) else False


def _edge(receiver: Value, *, at_end: bool) -> str | None:
    """The known text at one end of a text with holes."""
    return text_of(receiver.parts[-1 if at_end else 0]) if isinstance(receiver, Text) else None

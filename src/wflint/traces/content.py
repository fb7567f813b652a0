"""What a span's content says about the way on: fields, targets, refusals. Looked at while reading, never kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from wflint.traces.draft import AGENT, MODEL, STEP, Draft, Flag

LARGEST = 1 << 18
"""Results above this many characters are not looked into."""
_MOST_KEYS = 40
_LONGEST_NAME = 80
_SHORT = 60
REPEATED = (STEP, AGENT)
"""Kinds of spans of which two may be attempts of one execution."""
_EMPTY = len('{"stringValue":""}')
_TELLING = 1_000
"""So many characters of an input tell two executions apart, where nothing better does."""
_NAME = re.compile(r"[A-Za-z_][\w .:-]{0,63}")
_SENT = re.compile(r"(?:Send\((?:node=)?|goto=)['\"]([^'\"]{1,64})['\"]")
_HIDDEN = ("__REDACTED__", "[REDACTED]", "<redacted>", "REDACTED")
_REFUSED = re.compile(
    r"validation errors? for |\bField required\b|\bInput should be |\bis a required property\b"
    r"|(?:^|[;,\n{\"]\s?)[\w.\[\]]{1,80}: (?:missing|json_invalid|extra_forbidden|value_error|literal_error|enum"
    r"|[a-z]+_(?:type|parsing|error|too_long|too_short))\b"
)
CONTRACT_ERRORS = re.compile(
    r"Validation|validation errors? for|ModelBehavior|OutputParser|JSONDecode|Invalid JSON|StructuredOutput|SchemaError"
)
"""Names of errors that say that a value did not have the declared form."""
ANSWERED = re.compile(r"ValidationError|validation errors? for|OutputParser|JSONDecode|Invalid JSON|FinishReasonError")
"""Names of errors of a model call that are about its answer, not about the way to it."""
CANCELLED = re.compile(r"CancelledError|GeneratorExit")
"""Names of errors by which whoever has asked stops to wait for the answer."""
PAUSES = frozenset(
    {"GraphInterrupt", "NodeInterrupt", "ParentCommand", "GraphBubbleUp", "CallDeferred", "ApprovalRequired"}
)
"""Exceptions by which a framework stops to wait, or hands on: nothing has gone wrong."""
HANDED_ON = frozenset({"ParentCommand", "GraphBubbleUp"})
"""Those after which nobody waits."""
_WAITING, _WAITS = "__interrupt__", "(Interrupt("
"""How LangGraph says in a result that a run waits, and how it writes the exception for that as a text."""
_ANY = ("Exception", "BaseException", "Error")
"""Types that say nothing of what went wrong."""
_WRAPPERS = ("outputs", "output", "update")
_QUOTE = ord('"')
_TELLTALE = frozenset({*_WRAPPERS, "goto", "node", _WAITING})
"""Fields that say who goes next, or hold the result inside them."""
_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_SIGNS = (
    "validation error",
    "ield required",
    "Input should be ",
    "a required property",
    ": missing",
    ": json_invalid",
    ": extra_forbidden",
    ": enum",
    "_type",
    "_parsing",
    "_error",
    "_too_",
)
"""One of them is in each text that the pattern finds; looking for them is ten times as fast."""


def look_at_answer(draft: Draft) -> None:
    """Note that there is an answer of a model, which nobody looks into."""
    draft.flags |= Flag.OUTPUT


def look_at_text(draft: Draft, text: str) -> bool:
    """Note what a result holds that is one object of JSON; false where it is anything else and has not been looked at.

    Most results are such objects, and only the names of their fields and what their texts say matter.
    """
    if text[:1] != "{" or len(text) > LARGEST:
        return False
    try:
        fields = _FIELDS.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    keys = _keys(tuple(fields))
    if keys is None:
        return False
    draft.flags |= Flag.OUTPUT
    if draft.kind != MODEL:
        draft.keys = keys
        for field in fields.values():
            raw = bytes(field)
            if raw[0] == _QUOTE and _may_refuse_raw(raw) and refuses(str(parse(raw.decode("utf-8", "replace")))):
                draft.flags |= Flag.REJECTS
    return True


@lru_cache(4_096)
def _keys(names: tuple[str, ...]) -> str | None:
    """The names of fields as they are kept; none where one of them asks for a closer look."""
    return ",".join(sorted(names)[:_MOST_KEYS]) if _TELLTALE.isdisjoint(names) else None


def look_at_output(draft: Draft, value: object) -> None:
    """Note what a result holds; `value` is a text, perhaps of JSON, or what JSON stands for."""
    if value is None or value in ("", "null") or (draft.kind == AGENT and not value):
        draft.flags |= Flag.EMPTY
        return
    draft.flags |= Flag.OUTPUT
    if isinstance(value, str) and is_hidden(value):
        draft.flags |= Flag.REDACTED
        return
    if draft.kind == MODEL:
        return
    parsed = parse(value) if isinstance(value, str) else value
    if not draft.target:
        draft.target = "|".join(dict.fromkeys(_targets(parsed)))
    if isinstance(parsed, str):
        rejects = refuses(parsed)
    else:
        fields = _fields(parsed)
        draft.keys = ",".join(sorted(fields)[:_MOST_KEYS])
        rejects = refuses(fields)
        if _WAITING in fields:
            draft.flags |= Flag.PAUSED
    if rejects:
        draft.flags |= Flag.REJECTS


def look_at_input(draft: Draft, value: object) -> None:
    """Note that there is an input, and whether it is hidden."""
    if isinstance(value, str) and is_hidden(value):
        draft.flags |= Flag.REDACTED
    elif value not in (None, ""):
        draft.flags |= Flag.INPUT
        if not draft.task and isinstance(value, str):
            draft.task = value[:_TELLING]


def look_at_raw_input(draft: Draft, given: msgspec.Raw) -> None:
    """The same for an input that has not been decoded: most are long, and only their presence counts."""
    size = len(given)
    if size <= _EMPTY:
        return
    if size < _SHORT and any(hidden.encode() in bytes(given) for hidden in _HIDDEN):
        draft.flags |= Flag.REDACTED
        return
    draft.flags |= Flag.INPUT
    if not draft.task and draft.kind in REPEATED:
        draft.task = bytes(given)[:_TELLING].decode("utf-8", "replace")


def is_hidden(text: str) -> bool:
    """Whether a text stands for content that was left out on purpose."""
    return len(text) < _SHORT and text.strip('"') in _HIDDEN


def refuses(value: str | Mapping[str, object]) -> bool:
    """Whether a result is, or holds in one of its fields, a report that a value is not valid."""
    for text in (value,) if isinstance(value, str) else value.values():
        if isinstance(text, str) and _may_refuse(text) and _REFUSED.search(text[:4_000]) is not None:
            return True
    return False


def _may_refuse(text: str) -> bool:
    """A quick look for what the pattern needs, because few texts have any of it."""
    likely = (":" in text and ": " in text) or ("q" in text and "required" in text) or ("I" in text and "Input" in text)
    return likely and any(sign in text for sign in _SIGNS)


def _may_refuse_raw(text: bytes) -> bool:
    """The same before the text is decoded; a single byte is looked for first, because that is quick."""
    return (
        (b":" in text and b": " in text)
        or (b"q" in text and b"required" in text)
        or (b"I" in text and b"Input" in text)
    )


def error_name(value: object) -> str:
    """What an error is called, without what varies from one to the next."""
    text = value if isinstance(value, str) else ""
    if text.startswith(_WAITS):
        return "GraphInterrupt"
    first = re.split(r"[({\n\r]", text, maxsplit=1)[0].strip(" :'\"")
    return first[:_LONGEST_NAME]


def exception_name(event: Mapping[str, object]) -> str:
    """What an exception event is about: the type, or the message where the type says nothing."""
    kind = event.get("exception.type")
    kind = kind.rpartition(".")[2] if isinstance(kind, str) else ""
    return (kind if kind not in _ANY else "") or error_name(event.get("exception.message")) or kind


def parse(text: str) -> object:
    """What JSON stands for, or the text itself where it is none or too large."""
    if len(text) > LARGEST or text[:1] not in '{["':
        return text
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return text


def _fields(value: object) -> Mapping[str, object]:
    """The fields of a result, without the wrapping that tracers and frameworks put around it."""
    if not isinstance(value, dict):
        return {}
    for wrapper in _WRAPPERS:
        inner = value.get(wrapper)
        if isinstance(inner, dict):
            value = inner
    return value


def _targets(value: object) -> list[str]:
    """Names that a router's answer, a `goto` or a list of sends may stand for."""
    if isinstance(value, str):
        if _NAME.fullmatch(value) is not None:
            return [value]
        return _SENT.findall(value[:4_000]) if "(" in value else []
    if isinstance(value, list):
        return [name for item in value[:_MOST_KEYS] for name in _targets(item)]
    if not isinstance(value, dict):
        return []
    if "goto" in value:
        return _targets(value["goto"])
    if isinstance(value.get("node"), str):
        return [value["node"]]
    inner = value.get("outputs") or value.get("output")
    return _targets(inner) if isinstance(inner, dict | list | str) else []

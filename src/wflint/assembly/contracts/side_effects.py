"""Calls in a step's code that change something outside and must not be made twice: payments, mails, new records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from wflint.assembly.contracts.models import asks
from wflint.assembly.contracts.repeated import is_repeated
from wflint.assembly.contracts.retry_schemes import levels_of, retry_schemes
from wflint.assembly.contracts.varying import is_in, is_varying
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.values import NONE, Arguments, Mapping, Text, Value, alternatives, text_of
from wflint.model.conduct import SideEffect
from wflint.model.patterns import pattern

CLIENTS: Final = ("requests", "httpx", "aiohttp", "niquests", "urllib3")
"""Libraries whose `post` sends a request."""
SENDING: Final = frozenset(
    {
        "sendmail", "send_email", "send_mail", "send_sms", "send_message", "chat_postMessage", "charge", "refund",
        "create_payment", "create_charge", "create_order", "transfer",
    }
)  # fmt: skip
"""Methods of libraries that do something in the world each time."""
PAYING: Final = ("stripe", "braintree", "adyen", "paypalrestsdk", "square", "twilio")
"""Libraries whose `create` does so."""
DOING: Final = pattern(
    r"(?i)\b(?:charges?|payments?|pay|orders?|refunds?|transfers?|bookings?|book|invoices?|purchases?|subscriptions?"
    r"|captures?|payouts?|deposits?|withdrawals?|reservations?|shipments?|send|mails?|emails?|sms|messages?|notify"
    r"|notifications?|tickets?|publish|tweets?|posts?|create)\b"
)
"""Words in an address behind which something is done."""
ASKED: Final = pattern(
    r"(?i)completions?|embeddings?|search|query|graphql|token|oauth|predict|generate|classif|chat|llm"
)
"""Words in an address behind which something is only asked for."""
KEY: Final = pattern(r"(?i)idempot|dedup|client_?token|client_?request|request_?(?:id|token)|transaction_?id|nonce")
"""Names of arguments and headers by which a request that comes again is known."""


def side_effects_of(summary: FunctionSummary | None) -> tuple[SideEffect, ...]:
    """The calls that change something outside each time and carry nothing that makes a second one harmless.

    A key that the step makes itself is another one when the step runs again; code of its own that makes the call again
    may hand over the same one.
    """
    if summary is None or not summary.complete:
        return ()
    return tuple(_effects(summary))


def _effects(summary: FunctionSummary) -> Iterator[SideEffect]:
    calls = summary.calls
    done = ((number, call, is_done(call)) for number, call in enumerate(calls))
    for number, call, likely in done:
        if likely is None:
            continue
        renewed = _renewed(call, calls[:number])
        if (renewed is None and _is_keyed(call.arguments)) or not is_repeated(summary, call):
            continue
        later = [other for other in calls[number + 1 :] if other.location != call.location]
        failing = next((other.location.span for other in later if may_fail(other)), None)
        scheme = next(retry_schemes(levels_of(summary.function, call)), None)
        retried = scheme.span if scheme is not None and renewed is None else None
        outer = call.within[0].location.span if call.within else None
        made_at = renewed.span if renewed is not None else None
        yield SideEffect(short_name(call), call.location.span, likely, failing, retried, outer, made_at)


def _renewed(call: LibraryCall, earlier: tuple[LibraryCall, ...]) -> LibraryCall | None:
    """What makes the only key of a call anew each time that the step runs."""
    keys = tuple(_keys(call.arguments))
    if len(keys) != 1 or call.arguments.open or depends_on(*keys):
        return None
    return next((made for made in earlier if is_varying(made) and is_in(made, keys)), None)


def does(call: LibraryCall) -> bool | None:
    """Whether a call does something, True where that is likely; None where it does not, or not a second time."""
    return None if _is_keyed(call.arguments) else is_done(call)


def is_done(call: LibraryCall) -> bool | None:
    """Whether a call does something, keyed or not, True where that is likely; None where it does not."""
    owner = path_of(call.receiver) if call.receiver is not None else call.path.rpartition(".")[0]
    root, last = owner.partition(".")[0], call.path.rpartition(".")[2]
    if asks(call):
        return None
    if last in SENDING or (last == "create" and root in PAYING):
        return True
    if last == "post" and root in CLIENTS:
        address = _address(call.arguments)
        return None if ASKED.search(address) else bool(DOING.search(address))
    return None


def _address(arguments: Arguments) -> str:
    """The known pieces of an address."""
    given = arguments.get("url", 0)
    if given is None:
        return ""
    pieces = given.parts if isinstance(given, Text) else (given,)
    return re.sub(r"^\w+://[^/]*", "", " ".join(text for piece in pieces if (text := text_of(piece)) is not None))


def _is_keyed(arguments: Arguments) -> bool:
    """Whether an argument, or an entry of one, is a key by which a second request is known; or may be."""
    return arguments.open or next(_keys(arguments), None) is not None


def _keys(arguments: Arguments) -> Iterator[Value]:
    """The arguments, and entries of arguments, that are such keys, with what may hold one."""
    for name, value in arguments.keywords:
        if KEY.search(name):
            yield value
        else:
            yield from (key for option in alternatives(value) for key in _held(name, option))


def _held(name: str, option: Value) -> Iterator[Value]:
    match option:
        case Mapping(content=entries):
            yield from (held for key, held in entries.items() if isinstance(key, str) and KEY.search(key))
            if not option.closed:
                yield option
        case _ if name == "headers" and text_of(option) is None and option != NONE:
            yield option


def may_fail(call: LibraryCall) -> bool:
    """Whether a later call may fail in a way that is worth a retry: it goes to a network or a model, or checks."""
    root = call.path.partition(".")[0]
    owner = path_of(call.receiver).partition(".")[0] if call.receiver is not None else root
    return asks(call) or owner in (*CLIENTS, *PAYING) or call.path.endswith("raise_for_status")


def short_name(call: LibraryCall) -> str:
    """The last two parts of the path of a call: `requests.post`."""
    return ".".join(call.path.split(".")[-2:])

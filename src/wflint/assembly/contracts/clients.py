"""What clients of services do by themselves about failures and delays: rows, read together with what code sets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from wflint.evaluate.events import LibraryCall
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.values import NONE, Arguments, Const, ExternalAttribute, Location, Object, Value, alternatives
from wflint.model.conduct import Safeguard

PIPE: Final = "operator.pipe"
DEEPEST: Final = 6


class ClientRow(Struct, frozen=True):
    """A library: whether its clients retry, and have a time limit, unless they are told otherwise.

    `retries_off` is the setting that stands for no retry.
    """

    name: str
    retries: bool
    limits: bool
    retries_off: int = 0


ROWS: Final = (
    ClientRow("openai", retries=True, limits=True),
    ClientRow("anthropic", retries=True, limits=True),
    ClientRow("groq", retries=True, limits=True),
    ClientRow("google.genai", retries=False, limits=False),
    ClientRow("litellm", retries=False, limits=True),
    ClientRow("langchain_openai", retries=True, limits=False),
    ClientRow("langchain_anthropic", retries=True, limits=True),
    ClientRow("langchain_groq", retries=True, limits=False),
    ClientRow("langchain_mistralai", retries=True, limits=True),
    ClientRow("langchain_google_genai", retries=True, limits=False, retries_off=1),
    ClientRow("llama_index.llms.openai", retries=True, limits=True),
    ClientRow("autogen_ext.models.openai", retries=True, limits=True),
    ClientRow("autogen_ext.models.anthropic", retries=True, limits=True),
    ClientRow("requests", retries=False, limits=False),
    ClientRow("httpx", retries=False, limits=True),
    ClientRow("aiohttp", retries=False, limits=True),
    ClientRow("urllib.request", retries=False, limits=False),
)
"""Libraries, as their newest releases behave."""
REQUESTING: Final = ("requests", "httpx", "aiohttp", "urllib.request")
"""Those of them whose calls are plain requests."""
METHODS: Final = frozenset({"get", "post", "put", "patch", "delete", "request", "head", "urlopen"})
RETRIES: Final = ("max_retries", "num_retries", "retries", "retry_options")
LIMITS: Final = ("timeout", "request_timeout", "default_request_timeout")
ELSEWHERE: Final = ("http_client", "http_async_client", "http_options", "client", "async_client", "transport", "auth")
"""Arguments that hand over something that may do either."""
WRAPPING: Final = (".with_retry", ".with_fallbacks")
"""Methods whose result tries again, or tries something else."""
RETRYING: Final = ("tenacity", "backoff", "retry", "retrying", "stamina", "opnieuw", "retry2", "retry_async")
"""Libraries whose decorators call a function again."""


class Settings(Struct, frozen=True):
    """What is known of a client that a call goes through; `made_at` is where it is made."""

    retry: Safeguard
    limit: Safeguard
    made_at: Location | None


def is_request(call: LibraryCall) -> bool:
    """Whether a library call sends a plain request; what is asked of an answer (`response.json().get`) sends none."""
    owner = path_of(call.receiver) if call.receiver is not None else call.path.rpartition(".")[0]
    of_library = next((name for name in REQUESTING if owner == name or owner.startswith(f"{name}.")), None)
    return call.method in METHODS and of_library is not None and METHODS.isdisjoint(owner[len(of_library) :].split("."))


def settings_of(call: LibraryCall) -> Settings | None:
    """The safeguards of a call; None where the library has no row."""
    objects = tuple(_made(call.receiver))
    paths = (path_of(call.receiver), call.path, *(path_of(made) for made in objects))
    return _settings(paths, (call.arguments, *(made.arguments for made in objects)), objects)


def settings_of_client(client: Object) -> Settings | None:
    """The safeguards of what a client is asked by a framework that adds none."""
    return _settings((path_of(client),), (client.arguments,), (client,))


def _settings(paths: tuple[str, ...], chain: tuple[Arguments, ...], objects: tuple[Object, ...]) -> Settings | None:
    row = _row(paths)
    if row is None:
        return None
    wrapped = any(WRAPPING[0] in path_of(made) or WRAPPING[1] in path_of(made) for made in objects)
    retry = Safeguard.GIVEN if wrapped else _given(chain, RETRIES, row.retries_off)
    limit = _given(chain, LIMITS, None)
    if limit is Safeguard.OFF and not row.limits:
        limit = Safeguard.UNSET
    if row.name in REQUESTING and objects and retry is None:
        retry = Safeguard.UNKNOWN
    return Settings(
        retry or (Safeguard.DEFAULT if row.retries else Safeguard.ABSENT),
        limit or (Safeguard.DEFAULT if row.limits else Safeguard.ABSENT),
        next((made.location for made in reversed(objects) if made.location is not None), None),
    )


def retries_around(decorators: tuple[Value, ...]) -> bool:
    """Whether a decorator calls the function again when it fails."""
    return any(path_of(mark).lstrip("?.").partition(".")[0] in RETRYING for mark in decorators)


def _row(paths: tuple[str, ...]) -> ClientRow | None:
    for path in paths:
        for row in ROWS:
            if path == row.name or path.startswith(f"{row.name}."):
                return row
    return None


def _made(value: Value | None, depth: int = DEEPEST) -> Iterator[Object]:
    """The objects that a receiver comes from, the nearest first."""
    for option in alternatives(value) if depth else ():
        if isinstance(option, ExternalAttribute):
            yield from _made(option.receiver, depth - 1)
        if isinstance(option, Object):
            yield option
            pieces = option.arguments.positional if option.path == PIPE else ()
            for piece in (*pieces, *([option.receiver] if option.receiver is not None else [])):
                yield from _made(piece, depth - 1)


def _given(chain: tuple[Arguments, ...], names: tuple[str, ...], off: int | None) -> Safeguard | None:
    """What code sets, nearest to the call first; None where it sets nothing."""
    for arguments in chain:
        value = next((found for name in names if (found := arguments.get(name)) is not None), None)
        if value is not None:
            return _setting(value, off)
        if arguments.open or any(arguments.get(name) is not None for name in ELSEWHERE):
            return Safeguard.UNKNOWN
    return None


def _setting(value: Value, off: int | None) -> Safeguard:
    if off is None:
        return Safeguard.OFF if value == NONE else Safeguard.GIVEN
    if value == NONE:
        return Safeguard.UNKNOWN
    return Safeguard.OFF if value in (Const(off), Const(0)) else Safeguard.GIVEN

"""What the code of a component returns, beside the outputs that it declares."""

from __future__ import annotations

from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.values import Const, Mapping, Sequence, Text, possibly_unbound
from wflint.frontends.haystack.sockets import Socket
from wflint.model.span import Span
from wflint.source.code import Return
from wflint.source.walking import body_of, nodes_in


def _returned(summary: FunctionSummary | None) -> frozenset[str] | None:
    """The keys of all that `run` returns; None where not all of it can be read, or another run may return more."""
    if summary is None or not summary.complete or summary.falls_through or not _is_every_return(summary):
        return None
    values = [site.value for site in summary.returns]
    known = [value for value in values if isinstance(value, Mapping) and value.closed]
    keys = [key for value in known for key, _ in value.known()]
    return frozenset(key for key in keys if isinstance(key, str)) if len(known) == len(values) else None


def _is_every_return(summary: FunctionSummary) -> bool:
    """Whether each `return` was reached: what a component counts over its runs leads to others another time."""
    written = [node for node in nodes_in(body_of(summary.function.node)) if isinstance(node, Return)]
    reached = {site.location.at for site in summary.returns if site.location is not None}
    return bool(summary.returns) and len(written) <= len(reached)


def given_together(summary: FunctionSummary | None) -> tuple[tuple[str, ...], ...]:
    """The outputs that each return of `run` gives, one set for each; empty where not all of it can be read."""
    if _returned(summary) is None or summary is None:
        return ()
    values = [site.value for site in summary.returns if isinstance(site.value, Mapping)]
    if any(possibly_unbound(held) for value in values for _, held in value.known()):
        return ()
    return tuple(dict.fromkeys(tuple(key for key, _ in value.known() if isinstance(key, str)) for value in values))


def no_dict(summary: FunctionSummary | None) -> Span | None:
    """Where `run` certainly returns something else than a dict."""
    sites = [site for site in summary.returns if site.certain] if summary is not None else []
    wrong = (site for site in sites if isinstance(site.value, Const | Text | Sequence) and site.location is not None)
    return next((site.location.span for site in wrong if site.location is not None), None)


def never_given(summary: FunctionSummary | None, outputs: tuple[Socket, ...]) -> tuple[str, ...]:
    """The outputs that it never returns."""
    keys = _returned(summary)
    return tuple(socket.name for socket in outputs if socket.name not in keys) if keys is not None else ()


def undeclared(summary: FunctionSummary | None, outputs: tuple[Socket, ...]) -> tuple[str, ...]:
    """What it returns under names that no output has."""
    keys = _returned(summary)
    return tuple(sorted(keys - {socket.name for socket in outputs})) if keys is not None else ()


def leaves_out(summary: FunctionSummary | None, outputs: tuple[Socket, ...]) -> bool:
    """Whether some return of `run` lacks an output, or cannot be read."""
    if summary is None or len(outputs) < 2:  # noqa: PLR2004 - one output is always given, or nothing follows
        return False
    names = {socket.name for socket in outputs}
    for site in summary.returns:
        if not isinstance(site.value, Mapping):
            return True
        given = {key for key, value in site.value.known() if not possibly_unbound(value)}
        if not names <= given:
            return True
    return not summary.returns

"""Calls from one repository into another: what is called, how that is known, and whether both sides fit.

A route or a tool of the same name is no proof: `/chat` is everywhere. Something else has to say that it is this one:
the host in the address, the name of the package, or a name that says much and that nobody else has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from msgspec import Struct

from wflint.link.columns import RepositoryHead, plain_name
from wflint.link.interfaces.addresses import PARAMETER
from wflint.link.records import Channel, Contract, OutsideCall, Provided
from wflint.link.report import LinkedCall
from wflint.matching.words import split_name

_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "0.0.0.0", "host.docker.internal", "::1"})  # noqa: S104 (names)
_PLAIN_PARTS: Final = frozenset(
    """api v1 v2 v3 chat health healthz status query ask run runs invoke stream message messages agent agents user users
    login auth token session sessions upload files file search data info config settings root docs metrics tasks task
    webhook webhooks items item list create update delete get post send predict generate complete completions models
    threads thread conversations conversation feedback process analyze start stop test ping version""".split()  # noqa: SIM905
)
"""Parts of routes that say nothing about whose they are."""
_PLAIN_WORDS: Final = frozenset(
    """get set list add create delete update search run call fetch find do tool data file all""".split()  # noqa: SIM905
)
"""Words of names that say nothing about the work."""
_PARAMETERS: Final = 2
"""So many parameters of a route may be written out where it is called."""
_TELLING: Final = 2
"""So many parts of a route, or words of a name, have to say something."""


class _Serving(Struct, frozen=True):
    """Something that a repository provides."""

    head: RepositoryHead
    provided: Provided


class _Target(Struct, frozen=True):
    """What is called, and how that is known."""

    offer: _Serving
    why: str


Served = Mapping[tuple[Channel, str], Sequence[_Serving]]
"""What is provided, by the way to it and its plain name."""


def calls_between(heads: Sequence[RepositoryHead]) -> tuple[LinkedCall, ...]:
    """The calls that can be told, in order."""
    served = _served(heads)
    found: list[LinkedCall] = []
    for head in heads:
        for called in head.calls:
            target = _target(called, head, served)
            if target is not None:
                found.append(_call(head, called, target))
    return tuple(sorted(set(found), key=lambda call: (call.caller, call.location, call.channel, call.address)))


def _served(heads: Iterable[RepositoryHead]) -> Served:
    found: dict[tuple[Channel, str], list[_Serving]] = defaultdict(list)
    for head in heads:
        for provided in head.provides:
            offer = _Serving(head, provided)
            found[provided.channel, _plain(provided.channel, provided.address)].append(offer)
            if provided.channel is Channel.A2A:
                for host in provided.hosts:
                    found[Channel.A2A, _at(host)].append(offer)
    return found


def _plain(channel: Channel, address: str) -> str:
    """What two spellings of an address have in common; of a dotted name, the package."""
    match channel:
        case Channel.HTTP:
            return address.rstrip("/")
        case Channel.PACKAGE:
            return address.partition(".")[0]
        case _:
            return plain_name(address)


def _target(called: OutsideCall, head: RepositoryHead, served: Served) -> _Target | None:
    """What a call gets at; None where that cannot be told, or lies in the repository itself."""
    if called.channel is Channel.HTTP:
        return _route_target(called, head, served)
    offers = served.get((called.channel, _plain(called.channel, called.address)), ())
    if any(offer.head is head for offer in offers):
        return None
    match called.channel:
        case Channel.PACKAGE:
            return _only(_by_package(called, offers))
        case Channel.MCP:
            return _alone(called, offers, _is_telling(called.address) or _takes_what_is_passed(called, offers))
        case Channel.A2A:
            return _only(_by_card(called, served)) or _alone(called, offers, _is_telling(called.address))


def _route_target(called: OutsideCall, head: RepositoryHead, served: Served) -> _Target | None:
    """The route that a request goes to: first by the host, then by a name that says much."""
    exact = served.get((Channel.HTTP, _plain(Channel.HTTP, called.address)), ())
    levels = [exact, _with_parameters(called, served), _with_prefix(called, served)]
    same = [[offer for offer in offers if offer.provided.method == called.method] for offers in levels]
    for offers in same:
        target = _only(_by_host(called, offers))
        if target is not None:
            return target if target.offer.head is not head else None
    nearest = next((offers for offers, any_way in zip(same, levels, strict=True) if any_way), [])
    routes = (called.address, *(offer.provided.address for offer in nearest))
    if any(offer.head is head for offers in levels for offer in offers):
        return None
    return _alone(called, nearest, all(_says_much(route) for route in routes))


def _only(targets: Iterable[_Target]) -> _Target | None:
    """The target, where there is one only."""
    found = list(targets)
    return found[0] if len({target.offer.head.file for target in found}) == 1 else None


def _alone(called: OutsideCall, offers: Sequence[_Serving], telling: bool) -> _Target | None:  # noqa: FBT001 (what was asked)
    """What nobody else provides, where its name says much and no other host is named."""
    if not telling or len({offer.head.file for offer in offers}) != 1 or _names_another(called.host):
        return None
    return _Target(offers[0], "nobody else provides one of that name")


def _names_another(host: str) -> bool:
    """Whether a host is named that is not this machine: then the call goes there, whoever that is."""
    return bool(host) and host.partition(":")[0] not in _LOCAL


def _at(host: str) -> str:
    """The key of agents at a host; no name has such a character."""
    return f"@{host}"


def _by_card(called: OutsideCall, served: Served) -> Iterator[_Target]:
    """Agents whose cards say that they are where the call goes; this machine is everybody's."""
    if _names_another(called.host):
        for offer in served.get((Channel.A2A, _at(called.host)), ()):
            yield _Target(offer, f"its card says that it is at {called.host}")


def _by_host(called: OutsideCall, offers: Iterable[_Serving]) -> Iterator[_Target]:
    name = called.host.partition(":")[0]
    labels = {plain_name(label) for label in name.split(".")} - {""}
    for offer in offers:
        if labels & _names_of(offer.head):
            yield _Target(offer, f"the host {name} goes by its name")


def _names_of(head: RepositoryHead) -> set[str]:
    """What a repository is called: its own name, and those of its packages."""
    last = head.name.rpartition("/")[2]
    return {plain_name(name) for name in (last, *head.packages)}


def _by_package(called: OutsideCall, offers: Iterable[_Serving]) -> Iterator[_Target]:
    """The workflow of the name that is imported, or else the only one of the module that it is imported from."""
    top, module = called.address.partition(".")[0], called.address.rpartition(".")[0]
    published = [offer for offer in offers if top in offer.head.packages]
    named = [offer for offer in published if _is_same_name(called.address, offer.provided.address)]
    beside = [offer for offer in published if offer.provided.address.rpartition(".")[0] == module]
    found = named or (beside if len(beside) == 1 else [])
    return (_Target(offer, f"the package {top} is published there") for offer in found)


def _is_same_name(asked: str, given: str) -> bool:
    """Whether a name that is imported may be one that is defined: packages hand on what their modules define."""
    mine, theirs = asked.split("."), given.split(".")
    return mine[-1] == theirs[-1] and set(mine) <= set(theirs)


def _with_parameters(called: OutsideCall, served: Served) -> Sequence[_Serving]:
    """Routes that have parameters where the called one has names: those with the fewest."""
    parts = called.address.strip("/").split("/")
    named = [place for place, part in enumerate(parts) if part != PARAMETER]
    for count in range(1, _PARAMETERS + 1):
        for places in combinations(reversed(named), count):
            route = "/".join(PARAMETER if place in places else part for place, part in enumerate(parts))
            offers = served.get((Channel.HTTP, f"/{route}"), ()) if count < len(parts) else ()
            if any(offer.provided.method == called.method for offer in offers):
                return offers
    return ()


def _with_prefix(called: OutsideCall, served: Served) -> Sequence[_Serving]:
    """Routes that the called one ends in: an application may put a prefix before those of a router."""
    parts = called.address.strip("/").split("/")
    for start in range(1, len(parts)):
        offers = served.get((Channel.HTTP, "/" + "/".join(parts[start:])))
        if offers:
            return offers if _says_much("/" + "/".join(parts[start:])) else ()
    return ()


def _says_much(route: str) -> bool:
    """Whether a route is nobody else's by chance."""
    parts = [part for part in route.strip("/").split("/") if part != PARAMETER]
    return len({part for part in parts if part.casefold() not in _PLAIN_PARTS}) >= _TELLING


def _is_telling(name: str) -> bool:
    return len(set(split_name(name)) - _PLAIN_WORDS) >= _TELLING


def _takes_what_is_passed(called: OutsideCall, offers: Iterable[_Serving]) -> bool:
    """Whether every field that is handed over is one that is asked for, under a name that says something."""
    named = bool(set(split_name(called.address)) - _PLAIN_WORDS)
    fields = ({field.name for field in offer.provided.contract.needs} for offer in offers)
    return named and bool(called.passes) and all(set(called.passes) <= known for known in fields)


def _call(head: RepositoryHead, called: OutsideCall, target: _Target) -> LinkedCall:
    provided = target.offer.provided
    missing, unknown = _misfits(called, provided.contract)
    return LinkedCall(
        channel=called.channel,
        address=called.address,
        caller=head.name,
        location=called.location,
        provider=target.offer.head.name,
        provided_at=provided.location,
        workflow=provided.workflow,
        why=target.why,
        missing=missing,
        unknown=unknown,
        method=called.method,
    )


def _misfits(called: OutsideCall, contract: Contract) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is needed and not handed over, and what is used and not given, where both sides are known."""
    required = {field.name for field in contract.needs if field.required}
    given = {field.name for field in contract.offers}
    missing = () if called.passes_open else tuple(sorted(required - set(called.passes)))
    unknown = () if contract.offers_open else tuple(sorted(set(called.takes) - given))
    return missing, unknown

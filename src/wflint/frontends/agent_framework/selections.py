"""Functions of the source that pick whom a message goes to: strangers, and too few for a join that waits."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.contracts.effects import certainty
from wflint.assembly.function_summary import summarize
from wflint.assembly.sequences import elements
from wflint.evaluate.events import ApiCall, ReturnSite
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.values import Arguments, Const, Location, Partial, Sequence, Value, text_of
from wflint.frontends.agent_framework.building import Building
from wflint.model.grouping import grouped
from wflint.model.loss import Loss, LossKind
from wflint.model.workflow import Join, UnresolvedName

SELECTION = "add_multi_selection_edge_group"
ROLE = "selected target"


def check_selections(building: Building, api_calls: list[ApiCall]) -> None:
    """Note names that selections return of steps they cannot pick, and joins that wait for more than they do."""
    ways = grouped(building.draft.edges.values(), lambda edge: edge.target)
    coming = {target: {edge.source for edge in edges} for target, edges in ways.items()}
    for api_call in api_calls:
        if api_call.method != SELECTION or building.draft.unresolved:
            continue
        for source in building.take(api_call.get("source", 0), api_call.location):
            targets = building.take_all(api_call.get("targets", 1), api_call.location, source)
            waiting = [
                join for join in building.draft.joins if all(coming.get(name) == {source} for name in join.sources)
            ]
            for site in _returned(building, api_call.get("selection_func", 2), targets, api_call.location):
                picked = _names(site.value)
                at = site.location or api_call.location
                for name in picked or ():
                    if name not in targets:
                        sure = certainty(site.certain)
                        building.draft.unresolved_names.append(UnresolvedName(name, ROLE, at.span, source, sure))
                if picked is not None:
                    building.draft.losses += _waiting_in_vain(waiting, frozenset(picked), at)


def strangers(building: Building, picking: Value, at: Location, role: str, source: str) -> Iterator[UnresolvedName]:
    """The names that a function which picks one participant returns, and that no participant has."""
    summary = summarize(building.interp, picking, None, at)
    for site in summary.returns if summary is not None else ():
        name = text_of(site.value)
        if name is not None and name not in building.draft.steps:
            yield UnresolvedName(name, role, (site.location or at).span, source, certainty(site.certain))


def _returned(building: Building, picking: Value | None, targets: list[str], at: Location) -> tuple[ReturnSite, ...]:
    """What a selection returns; it is handed the message and the ids of its targets."""
    function = function_of(picking) if picking is not None else None
    if picking is None or function is None:
        return ()
    free = [parameter.name for parameter in function.node.parameters if parameter.name not in ("self", "cls")]
    if len(free) < len(("message", "targets")):
        return ()
    ids = building.interp.list_of([Const(name) for name in targets])
    summary = summarize(building.interp, Partial(picking, Arguments((), ((free[1], ids),))), None, at)
    return summary.returns if summary is not None else ()


def _names(value: Value) -> tuple[str, ...] | None:
    """The names in a list that is known from end to end."""
    if not isinstance(value, Sequence) or not value.closed:
        return None
    names = [text_of(each.value) for each in elements(value)]
    known = tuple(name for name in names if name is not None)
    return known if len(known) == len(names) == len(value.content) else None


def _waiting_in_vain(joins: list[Join], picked: frozenset[str], at: Location) -> Iterator[Loss]:
    """The joins some of whose sources are picked, and others are not."""
    for join in joins:
        left = [name for name in join.sources if name not in picked]
        if left and not picked.isdisjoint(join.sources):
            names = " and ".join(f'"{name}"' for name in left)
            yield Loss(
                LossKind.JOIN,
                f'step "{join.target}"',
                join.span,
                f"waits for {names} too, which the selection leaves out in one case: then it never runs",
                "join what is picked in a step of its own, or start all of them",
                at.span,
                join.target,
                in_some=True,
            )

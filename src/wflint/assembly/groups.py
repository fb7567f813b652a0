"""Which of the objects that an allocation site makes are one workflow.

A factory that is called from two places makes two workflows, unless both calls make the same one. What only tests have
it make says nothing about the product.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

from wflint.assembly.draft import Draft
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.restoring import folding
from wflint.evaluate.values import Location, Object, Value
from wflint.model.workflow import Workflow


class Drafted(Protocol):
    """What a fold comes to: a draft, or something that holds one."""

    @property
    def draft(self) -> Draft: ...


T = TypeVar("T")
D = TypeVar("D", bound=Drafted)


class Group(Struct, Generic[T, D], frozen=True):
    """What makes one workflow, each with its fold; `whole` is everything whose uses are uses of the workflow."""

    folded: tuple[tuple[T, D], ...]
    whole: tuple[T, ...]

    def best(self, key: Callable[[D], int | tuple[int, ...]]) -> D:
        """The fold that is greatest by `key`."""
        return max((draft for _, draft in self.folded), key=key)


def assembled(
    interp: Interpreter,
    sites: Mapping[Location, Sequence[T]],
    made: Callable[[T], Object],
    fold: Callable[[T], D],
    finish: Callable[[Group[T, D]], Workflow | None],
) -> Iterator[Workflow]:
    """The workflows of all sites: what each makes is folded, those alike together, and every group is finished.

    A fault in one site's fold is a notice there, and the other sites go on.
    """
    for location, items in sites.items():
        with folding(interp, location):
            folded = [(item, fold(item)) for item in counted(items, made)]
            groups = variants(folded, lambda pair: made(pair[0]), lambda pair: pair[1].draft.shape)
            for number, group in enumerate(groups):
                for _, each in group:
                    each.draft.variant = number
                whole = tuple(items) if len(groups) == 1 else tuple(item for item, _ in group)
                workflow = finish(Group(group, whole))
                if workflow is not None:
                    yield workflow


def itself(made: Object) -> Object:
    """The object of a site that makes nothing but objects."""
    return made


def made_as(interp: Interpreter, paths: Iterable[str]) -> dict[Location, list[Object]]:
    """The objects of some classes of a library, by site."""
    wanted = frozenset(paths)
    return by_site(made for made in interp.objects if made.path in wanted)


def by_site(objects: Iterable[Object]) -> dict[Location, list[Object]]:
    """Objects by the place that makes them, in order; those that library code makes for itself are left out."""
    sites: dict[Location, list[Object]] = {}
    for made in objects:
        if made.location is not None and not made.location.module.stub:
            sites.setdefault(made.location, []).append(made)
    return sites


def counted(objects: Sequence[T], made: Callable[[T], Object]) -> list[T]:
    """The objects of a site that count.

    The product's own go before those that only tests have it make, seen calls before speculative ones.
    """
    product = [item for item in objects if not _is_for_tests(made(item))] or list(objects)
    return [item for item in product if not made(item).speculative] or product


def variants(objects: Sequence[T], made: Callable[[T], Object], shape: Callable[[T], Hashable]) -> list[tuple[T, ...]]:
    """The objects of a site, apart where calling contexts make different workflows; in the order they were made.

    So are those that one context makes one after the other, without a condition that may have made one of them only.
    """
    contexts: dict[tuple[Location, ...], list[T]] = {}
    for item in objects:
        contexts.setdefault(made(item).context, []).append(item)
    alike: dict[Hashable, list[T]] = {}
    for items in contexts.values():
        conditions = {made(item).path_condition for item in items}
        for together in [items] if len(conditions) > 1 else [[item] for item in items]:
            alike.setdefault(frozenset(map(shape, together)), []).extend(together)
    return [tuple(items) for items in alike.values()]


def _is_for_tests(made: Object) -> bool:
    """Whether a test has code outside the tests make it."""
    assert made.location is not None
    return not made.location.module.is_test and any(location.module.is_test for location in made.context)


def by_subject(interp: Interpreter) -> dict[Value, list[ApiCall]]:
    """What was done with each object, in order."""
    api_calls: dict[Value, list[ApiCall]] = {}
    for api_call in interp.api_calls:
        api_calls.setdefault(api_call.subject, []).append(api_call)
    return api_calls

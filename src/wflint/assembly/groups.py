"""Which of the objects that an allocation site makes are one workflow.

A factory that is called from two places makes two workflows, unless both calls make the same one. What only tests have
it make says nothing about the product.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from wflint.evaluate.values import Location, Object

T = TypeVar("T")


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
    """The objects of a site, apart where calling contexts make different workflows; in the order they were made."""
    contexts: dict[tuple[Location, ...], list[T]] = {}
    for item in objects:
        contexts.setdefault(made(item).context, []).append(item)
    alike: dict[Hashable, list[T]] = {}
    for items in contexts.values():
        alike.setdefault(frozenset(map(shape, items)), []).extend(items)
    return [tuple(items) for items in alike.values()]


def _is_for_tests(made: Object) -> bool:
    """Whether a test has code outside the tests make it."""
    assert made.location is not None
    return not made.location.module.is_test and any(location.module.is_test for location in made.context)

"""Which of the objects that an allocation site makes are one workflow.

A factory that is called from two places makes two workflows, unless both calls make the same one. What only tests have
it make says nothing about the product.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from wflint.evaluate.values import Object, Place

T = TypeVar("T")


def by_site(objects: Iterable[Object]) -> dict[Place, list[Object]]:
    """Objects by the place that makes them, in order; those that library code makes for itself are left out."""
    sites: dict[Place, list[Object]] = {}
    for made in objects:
        if made.place is not None and not made.place.module.stub:
            sites.setdefault(made.place, []).append(made)
    return sites


def counted(objects: Sequence[T], made: Callable[[T], Object]) -> list[T]:
    """The objects of a site that count.

    The product's own go before those that only tests have it make, seen calls before speculative ones.
    """
    product = [item for item in objects if not _is_for_tests(made(item))] or list(objects)
    return [item for item in product if not made(item).synthetic] or product


def variants(objects: Sequence[T], made: Callable[[T], Object], shape: Callable[[T], Hashable]) -> list[tuple[T, ...]]:
    """The objects of a site, apart where calling contexts make different workflows; in the order they were made."""
    contexts: dict[tuple[Place, ...], list[T]] = {}
    for item in objects:
        contexts.setdefault(made(item).context, []).append(item)
    alike: dict[Hashable, list[T]] = {}
    for items in contexts.values():
        alike.setdefault(frozenset(map(shape, items)), []).extend(items)
    return [tuple(items) for items in alike.values()]


def _is_for_tests(made: Object) -> bool:
    """Whether a test has code outside the tests make it."""
    assert made.place is not None
    return not made.place.module.is_test and any(place.module.is_test for place in made.context)

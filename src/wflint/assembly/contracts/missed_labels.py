"""Labels that a value may be, and that a written-out dict lacks which is looked into by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wflint.evaluate.events import Access
from wflint.evaluate.values import alternatives, text_of
from wflint.model.conduct import MissedLabels


def missed_labels(accesses: Iterable[Access]) -> Iterator[MissedLabels]:
    """Every look into such a dict that always happens and that the code does not cope with failing."""
    for access in accesses:
        if access.mode == "label" and access.certain and not access.guarded and access.new is not None:
            labels = tuple(filter(None, map(text_of, alternatives(access.new))))
            name = next((part for part in reversed(access.symbol.access_path) if part != "[]"), "")
            if labels and name:
                yield MissedLabels(name, labels, access.location.span)

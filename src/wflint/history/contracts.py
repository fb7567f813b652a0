"""The contracts of two versions of a repository, compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from msgspec import Struct

from wflint.analyses.contracts.changes import Change, changes
from wflint.analyses.facts import Facts
from wflint.history.earlier import at_commit, history_of
from wflint.model.text import Texts
from wflint.request import Request
from wflint.survey import Survey, survey


class ContractDiff(Struct, frozen=True):
    """What has changed from `base` to `head`, both as people are told of them; `newer` is what `head` has."""

    base: str
    head: str
    changes: tuple[Change, ...]
    newer: Survey

    @property
    def texts(self) -> Texts:
        """The newer sources."""
        return self.newer.recovered.texts


@contextmanager
def contract_diff(request: Request, base: str, head: str | None) -> Iterator[ContractDiff]:
    """Compare two revisions, or one with the working tree; the sources are there as long as the context is."""
    history = history_of(request)
    with ExitStack() as stack:
        commit = history.commit(base)
        older = survey(stack.enter_context(at_commit(request, history, commit)))
        newer, name = request, "the working tree"
        if head is not None:
            other = history.commit(head)
            newer, name = stack.enter_context(at_commit(request, history, other)), _named(head, other)
        found = survey(newer)
        known = changes(_asked(older), _asked(found))
        yield ContractDiff(_named(base, commit), name, known, found)


def _named(revision: str, commit: str) -> str:
    return revision if commit.startswith(revision) else f"{revision} ({commit[:12]})"


def _asked(found: Survey) -> tuple[Facts, ...]:
    """The facts of the workflows that the user asked about, each seen within its whole program."""
    return tuple(found.facts.of(workflow) for workflow in found.program.workflows)

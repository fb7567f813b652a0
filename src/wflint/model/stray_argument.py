"""Arguments that nothing takes."""

from __future__ import annotations

from msgspec import Struct

from wflint.model.span import Span


class StrayArgument(Struct, frozen=True):
    """A keyword argument that what is constructed `at` a place does not take: in any release, or in `releases`.

    `constructed` is its name, `taken` are those that it does take. It is refused, so that nothing is constructed, or
    ignored without a word. A repository with a package called like the `library` may run a changed copy of it.
    """

    constructed: str
    at: Span
    library: str
    name: str
    span: Span
    taken: tuple[str, ...]
    is_refused: bool
    releases: str = ""

"""Frameworks of agents that no front end reads: who uses one hears that what is built with it is not checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from wflint.model.program import Notice
from wflint.model.span import Span

UNREAD: Final[Mapping[str, str]] = {
    "ag2": "AG2",
    "agno": "Agno",
    "autogen": "AutoGen before 0.4, or AG2",
    "camel": "CAMEL",
    "haystack.nodes": "Haystack 1",
    "langroid": "Langroid",
    "metagpt": "MetaGPT",
    "semantic_kernel": "Semantic Kernel",
    "smolagents": "smolagents",
    "strands": "Strands Agents",
}
"""Modules that people import them by, and what they are called; a dotted one is of a release before what is read."""


def unread_frameworks(files: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[Notice]:
    """A notice for each framework, at the first of the files that import it; `files` are paths with such modules."""
    importing: dict[str, list[str]] = defaultdict(list)
    for path, modules in files:
        for module in modules:
            importing[module].append(path)
    for module, paths in sorted(importing.items()):
        many = f"{len(paths)} files import it" if len(paths) > 1 else "this file imports it"
        message = f"{UNREAD[module]} (`{module}`) is not read: what is built with it is not checked; {many}"
        yield Notice(message, Span(paths[0], 1, 1, 1, 1))

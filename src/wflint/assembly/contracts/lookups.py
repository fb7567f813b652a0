"""Which library calls look something up."""

from __future__ import annotations

import sys

from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.values import Value

SEARCHING = frozenset(
    {
        "similarity_search", "asimilarity_search", "similarity_search_with_score", "similarity_search_by_vector",
        "asimilarity_search_with_score", "max_marginal_relevance_search", "amax_marginal_relevance_search",
        "get_relevant_documents", "aget_relevant_documents", "retrieve", "aretrieve", "search", "asearch", "query",
        "aquery", "embed_query", "aembed_query", "get_search_context", "results", "web_search", "get_query_embedding",
        "aget_query_embedding", "get_text_embedding", "aget_text_embedding",
    }
)  # fmt: skip
"""Methods of libraries' objects that look something up."""
RUNNING = frozenset({"invoke", "ainvoke", "run", "arun", "__call__"})
SEARCHERS = ("Retriever", "SearchResults", "SearchRun", "QueryRun", "Search", "TavilySearch", "as_retriever")
"""How names of objects end that look something up when they are run."""


NOT_KNOWN = "?."
"""How paths begin whose first part is not known."""
MAKERS = (".as_retriever", ".as_query_engine")
"""Methods of something that is not known, which make what looks something up."""


def owner_of(path: str, receiver: Value | None) -> str:
    """What a method is called on, as a dotted path."""
    return path_of(receiver) if receiver is not None else path.rpartition(".")[0]


def looks_up(owner: str, method: str) -> bool:
    """Whether a method of something in a library looks something up, or turns a text into a vector."""
    if owner.startswith(NOT_KNOWN):
        return owner.endswith(MAKERS) and (method in SEARCHING or method in RUNNING)
    embeds = method == "create" and owner.endswith(".embeddings")
    return is_library(owner) and (embeds or method in SEARCHING or (method in RUNNING and owner.endswith(SEARCHERS)))


def is_library(owner: str) -> bool:
    """Whether something comes of a library other than Python's own."""
    root = owner.partition(".")[0]
    return root.isidentifier() and "." in owner and root not in sys.stdlib_module_names and root != "builtins"

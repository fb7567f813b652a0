"""What Haystack asks of the arguments of its parts (haystack-ai 3.4)."""

from __future__ import annotations

from wflint.assembly.demands import Above, AtLeast, Below, Demand, Demands, Filled, NoneOf, OneOf, Shares
from wflint.frontends.haystack.releases import OWN_ROUTES, WEIGHED
from wflint.frontends.haystack.table import AGENT

DEMANDS: Demands = {AGENT: (AtLeast(name="tool_concurrency_limit"),)}

MODES = ("concatenate", "merge", "reciprocal_rank_fusion", "distribution_based_rank_fusion")
FILES: tuple[Demand, ...] = (
    Filled(name="mime_types", position=0),
    NoneOf(name="mime_types", position=0, words=("unclassified", "failed"), held=OWN_ROUTES),
)
KEPT = Above(name="top_k", held=WEIGHED)
WEIGHTS = Shares(name="weights", position=1, held=WEIGHED)
UNITS = ("function", "page", "passage", "period", "word", "line", "sentence", "token")
"""What documents are split by."""
COMPONENTS: Demands = {
    "DocumentJoiner": (OneOf(name="join_mode", position=0, words=MODES), KEPT, WEIGHTS),
    "AnswerJoiner": (OneOf(name="join_mode", position=0, words=MODES[:1]), KEPT),
    "FileTypeRouter": FILES,
    "DocumentSplitter": (
        OneOf(name="split_by", position=0, words=UNITS),
        Above(name="split_length", position=1),
        AtLeast(name="split_overlap", position=2, fewest=0),
        Below(name="split_overlap", position=2, other="split_length", other_position=1, default=200),
    ),
    **dict.fromkeys(("InMemoryBM25Retriever", "InMemoryEmbeddingRetriever"), (Above(name="top_k"),)),
}
"""What ready-made components ask, by the names of their classes."""

"""Retrievers that look by embeddings in a store whose documents are written without any: they find nothing."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import Object, last_of
from wflint.frontends.haystack.components import class_names, is_own
from wflint.frontends.haystack.pipeline import PipelineDraft
from wflint.model.loss import Loss, LossKind
from wflint.source.code import Attribute, Name
from wflint.source.walking import nodes_in

STORE = "InMemoryDocumentStore"
"""The store that holds nothing but what the program itself writes."""
LOOKING = frozenset({"InMemoryEmbeddingRetriever"})
WRITER = "DocumentWriter"
EMBEDDING = "Embedder"
DOCUMENTS = "DocumentEmbedder"
"""What the names of components have in them that embed documents, wherever code runs them."""
WRITING = frozenset({"write_documents", "write_documents_async", "load_from_disk"})
"""Methods of a store by which code fills it itself."""


def unembedded(pipeline: PipelineDraft) -> Iterator[Loss]:
    """Each such retriever of a pipeline, where all that is written into its store is seen."""
    for name, (made, span) in pipeline.added.items():
        store = _store(made) if isinstance(made, Object) and LOOKING.intersection(class_names(made)) else None
        writers = _writers(pipeline, store) if store is not None else []
        if store is None or not writers or not all(_leaves_bare(pipeline, writer) for writer in writers):
            continue
        if _is_filled_otherwise(pipeline, store, writers):
            continue
        yield Loss(
            LossKind.PAYLOAD,
            f'component "{name}"',
            span,
            "looks for embeddings, and the documents in its store are written without any: it finds nothing",
            "embed them before they are written",
            writers[0].span,
            name,
            in_some=True,
        )


def _store(made: Object) -> Object | None:
    """The store that a component is made with."""
    given = made.arguments.get("document_store", 0)
    return given if isinstance(given, Object) and given.cls is None and last_of(given.path) == STORE else None


def _added(pipeline: PipelineDraft) -> Iterator[tuple[ApiCall, Object | None]]:
    """All components of all pipelines, as they are added; None where one is not known."""
    for call in pipeline.interp.api_calls:
        if call.method == "add_component":
            instance = call.get("instance", 1)
            yield call, instance if isinstance(instance, Object) else None


def _writers(pipeline: PipelineDraft, store: Object) -> list[ApiCall]:
    """Where components are added that write into a store."""
    found = ((call, made) for call, made in _added(pipeline) if made is not None and WRITER in class_names(made))
    return [call for call, made in found if _store(made) is store]


def _leaves_bare(pipeline: PipelineDraft, writer: ApiCall) -> bool:
    """Whether all components of a pipeline are the library's, and none of them embeds."""
    beside = [made for call, made in _added(pipeline) if call.subject is writer.subject]
    known = [made for made in beside if made is not None and not is_own(made)]
    bare = not any(EMBEDDING in name for made in known for name in class_names(made))
    return writer.certain and len(known) == len(beside) > 1 and bare


def _is_filled_otherwise(pipeline: PipelineDraft, store: Object, writers: list[ApiCall]) -> bool:
    """Whether code near the store, or near who uses it, may fill it by itself."""
    modules = {store.site.module, *(call.location.module for call, _ in _added(pipeline))}
    nodes = [node for module in modules for node in nodes_in(module.body)]
    called = {node.name for node in nodes if isinstance(node, Attribute)}
    embedding = any(isinstance(node, Name) and DOCUMENTS in node.id for node in nodes)
    return embedding or len({writer.subject for writer in writers}) > 1 or not WRITING.isdisjoint(called)

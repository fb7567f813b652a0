"""Components that find, ask and join: the sockets of their `run`, read and never run."""

from haystack import component
from haystack.core.component.types import Variadic
from haystack.dataclasses import ByteStream, ChatMessage, Document, ExtractedAnswer, GeneratedAnswer, SparseEmbedding

class AnswerBuilder:
    @component.output_types(answers=list[GeneratedAnswer])
    def run(self, query: str, replies: list[str] | list[ChatMessage], meta: list[dict[str, object]] | None = None, documents: list[Document] | None = None, pattern: str | None = None, reference_pattern: str | None = None, expand_reference_ranges: bool | None = None): ...

class AnswerJoiner:
    @component.output_types(answers=list)
    def run(self, answers: Variadic[object], top_k: int | None = None): ...

class AutoMergingRetriever:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]): ...

class DALLEImageGenerator:
    @component.output_types(images=list[str], revised_prompt=str)
    def run(self, prompt: str, size: object = None, quality: object = None, response_format: object = None): ...

class DocumentJoiner:
    @component.output_types(documents=list[Document])
    def run(self, documents: Variadic[list[Document]], top_k: int | None = None): ...

class DocumentLengthRouter:
    @component.output_types(short_documents=list[Document], long_documents=list[Document])
    def run(self, documents: list[Document]): ...

class DocumentWriter:
    @component.output_types(documents_written=int)
    def run(self, documents: list[Document], policy: object = None): ...

class ExtractiveReader:
    @component.output_types(answers=list[ExtractedAnswer])
    def run(self, query: str, documents: list[Document], top_k: int | None = None, score_threshold: float | None = None, max_seq_length: int | None = None, stride: int | None = None, max_batch_size: int | None = None, answers_per_seq: int | None = None, no_answer: bool | None = None, overlap_threshold: float | None = None): ...

class FallbackChatGenerator:
    @component.output_types(replies=list[ChatMessage], meta=dict[str, object])
    def run(self, messages: list[ChatMessage] | str, generation_kwargs: dict[str, object] | None = None, tools: object = None, streaming_callback: object = None): ...

class FilterRetriever:
    @component.output_types(documents=list[Document])
    def run(self, filters: dict[str, object] | None = None): ...

class HuggingFaceAPIChatGenerator:
    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage] | str, generation_kwargs: dict[str, object] | None = None, tools: object = None, streaming_callback: object = None): ...

class HuggingFaceAPIDocumentEmbedder:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]): ...

class HuggingFaceAPIGenerator:
    @component.output_types(replies=list[str], meta=list[dict[str, object]])
    def run(self, prompt: str, streaming_callback: object = None, generation_kwargs: dict[str, object] | None = None): ...

class HuggingFaceAPITextEmbedder:
    @component.output_types(embedding=list[float])
    def run(self, text: str): ...

class HuggingFaceLocalChatGenerator:
    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage] | str, generation_kwargs: dict[str, object] | None = None, streaming_callback: object = None, tools: object = None): ...

class HuggingFaceLocalGenerator:
    @component.output_types(replies=list[str])
    def run(self, prompt: str, streaming_callback: object = None, generation_kwargs: dict[str, object] | None = None): ...

class HuggingFaceTEIRanker:
    @component.output_types(documents=list[Document])
    def run(self, query: str, documents: list[Document], top_k: int | None = None, truncation_direction: object = None): ...

class InMemoryBM25Retriever:
    @component.output_types(documents=list[Document])
    def run(self, query: str, filters: dict[str, object] | None = None, top_k: int | None = None, scale_score: bool | None = None): ...

class InMemoryEmbeddingRetriever:
    @component.output_types(documents=list[Document])
    def run(self, query_embedding: list[float], filters: dict[str, object] | None = None, top_k: int | None = None, scale_score: bool | None = None, return_embedding: bool | None = None): ...

class LLMRanker:
    @component.output_types(documents=list[Document])
    def run(self, query: str, documents: list[Document], top_k: int | None = None): ...

class LostInTheMiddleRanker:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document], top_k: int | None = None, word_count_threshold: int | None = None): ...

class MetaFieldGroupingRanker:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]): ...

class MetaFieldRanker:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document], top_k: int | None = None, weight: float | None = None, ranking_mode: object = None, sort_order: object = None, missing_meta: object = None, meta_value_type: object = None): ...

class MockChatGenerator:
    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage] | str, streaming_callback: object = None, generation_kwargs: dict[str, object] | None = None, tools: object = None, tools_strict: bool | None = None): ...

class MockDocumentEmbedder:
    @component.output_types(documents=list[Document], meta=dict[str, object])
    def run(self, documents: list[Document]): ...

class MockTextEmbedder:
    @component.output_types(embedding=list[float], meta=dict[str, object])
    def run(self, text: str): ...

class MultiQueryEmbeddingRetriever:
    @component.output_types(documents=list[Document])
    def run(self, queries: list[str], retriever_kwargs: dict[str, object] | None = None): ...

class MultiQueryTextRetriever:
    @component.output_types(documents=list[Document])
    def run(self, queries: list[str], retriever_kwargs: dict[str, object] | None = None): ...

class MultiRetriever:
    @component.output_types(documents=list[Document])
    def run(self, query: str, filters: dict[str, object] | None = None, top_k_per_retriever: int | None = None, top_k: int | None = None, active_retrievers: list[str] | None = None): ...

class OpenAIChatGenerator:
    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage] | str, streaming_callback: object = None, generation_kwargs: dict[str, object] | None = None, tools: object = None, tools_strict: bool | None = None): ...

class OpenAIDocumentEmbedder:
    @component.output_types(documents=list[Document], meta=dict[str, object])
    def run(self, documents: list[Document]): ...

class OpenAIGenerator:
    @component.output_types(replies=list[str], meta=list[dict[str, object]])
    def run(self, prompt: str, system_prompt: str | None = None, streaming_callback: object = None, generation_kwargs: dict[str, object] | None = None): ...

class OpenAIImageGenerator:
    @component.output_types(images=list[str], revised_prompt=str)
    def run(self, prompt: str, size: object = None, quality: object = None, response_format: object = None): ...

class OpenAIResponsesChatGenerator:
    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage] | str, streaming_callback: object = None, generation_kwargs: dict[str, object] | None = None, tools: object = None, tools_strict: bool | None = None): ...

class OpenAITextEmbedder:
    @component.output_types(embedding=list[float], meta=dict[str, object])
    def run(self, text: str): ...

class SentenceTransformersDiversityRanker:
    @component.output_types(documents=list[Document])
    def run(self, query: str, documents: list[Document], top_k: int | None = None, lambda_threshold: float | None = None): ...

class SentenceTransformersDocumentEmbedder:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]): ...

class SentenceTransformersDocumentImageEmbedder:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]): ...

class SentenceTransformersSimilarityRanker:
    @component.output_types(documents=list[Document])
    def run(self, query: str, documents: list[Document], top_k: int | None = None, scale_score: bool | None = None, score_threshold: float | None = None): ...

class SentenceTransformersSparseDocumentEmbedder:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]): ...

class SentenceTransformersSparseTextEmbedder:
    @component.output_types(sparse_embedding=SparseEmbedding)
    def run(self, text: str): ...

class SentenceTransformersTextEmbedder:
    @component.output_types(embedding=list[float])
    def run(self, text: str): ...

class SentenceWindowRetriever:
    @component.output_types(context_windows=list[str], context_documents=list[Document])
    def run(self, retrieved_documents: list[Document], window_size: int | None = None): ...

class StringJoiner:
    @component.output_types(strings=list[str])
    def run(self, strings: Variadic[str]): ...

class TextEmbeddingRetriever:
    @component.output_types(documents=list[Document])
    def run(self, query: str, filters: dict[str, object] | None = None, top_k: int | None = None): ...

class ToolInvoker:
    @component.output_types(tool_messages=list[ChatMessage], state=object)
    def run(self, messages: list[ChatMessage], state: object = None, streaming_callback: object = None, enable_streaming_callback_passthrough: bool | None = None, tools: object = None): ...

class TransformersSimilarityRanker:
    @component.output_types(documents=list[Document])
    def run(self, query: str, documents: list[Document], top_k: int | None = None, scale_score: bool | None = None, calibration_factor: float | None = None, score_threshold: float | None = None): ...

class AzureOpenAIChatGenerator(OpenAIChatGenerator): ...

class AzureOpenAIResponsesChatGenerator(OpenAIResponsesChatGenerator): ...

class AzureOpenAIDocumentEmbedder(OpenAIDocumentEmbedder): ...

class AzureOpenAITextEmbedder(OpenAITextEmbedder): ...

class AzureOpenAIGenerator(OpenAIGenerator): ...

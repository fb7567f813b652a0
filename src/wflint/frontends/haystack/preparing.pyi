"""Components that prepare documents and judge answers: the sockets of their `run`, read and never run."""

from haystack import component
from haystack.core.component.types import Variadic
from haystack.dataclasses import ByteStream, ChatMessage, Document, ExtractedAnswer, GeneratedAnswer, SparseEmbedding

class AnswerExactMatchEvaluator:
    @component.output_types(individual_scores=list[int], score=float)
    def run(self, ground_truth_answers: list[str], predicted_answers: list[str]): ...

class AzureOCRDocumentConverter:
    @component.output_types(documents=list[Document], raw_azure_response=list[dict])
    def run(self, sources: list, meta: dict[str, object] | list[dict[str, object]] | None = None): ...

class CSVDocumentCleaner:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]): ...

class CSVDocumentSplitter:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]): ...

class CSVToDocument:
    @component.output_types(documents=list[Document])
    def run(self, sources: list, content_column: str | None = None, meta: dict[str, object] | list[dict[str, object]] | None = None): ...

class CacheChecker:
    @component.output_types(hits=list[Document], misses=list)
    def run(self, items: list[object]): ...

class DOCXToDocument:
    @component.output_types(documents=list[Document])
    def run(self, sources: list, meta: dict[str, object] | list[dict[str, object]] | None = None): ...

class DocumentCleaner:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]): ...

class DocumentLanguageClassifier:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]): ...

class DocumentMAPEvaluator:
    @component.output_types(score=float, individual_scores=list[float])
    def run(self, ground_truth_documents: list[list[Document]], retrieved_documents: list[list[Document]]): ...

class DocumentMRREvaluator:
    @component.output_types(score=float, individual_scores=list[float])
    def run(self, ground_truth_documents: list[list[Document]], retrieved_documents: list[list[Document]]): ...

class DocumentNDCGEvaluator:
    @component.output_types(score=float, individual_scores=list[float])
    def run(self, ground_truth_documents: list[list[Document]], retrieved_documents: list[list[Document]]): ...

class DocumentRecallEvaluator:
    @component.output_types(score=float, individual_scores=list[float])
    def run(self, ground_truth_documents: list[list[Document]], retrieved_documents: list[list[Document]]): ...

class DocumentSplitter:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]): ...

class DocumentToImageContent:
    @component.output_types(image_contents=list)
    def run(self, documents: list[Document]): ...

class EmbeddingBasedDocumentSplitter:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]): ...

class FileToFileContent:
    @component.output_types(file_contents=list)
    def run(self, sources: list, extra: dict[str, object] | list[dict[str, object]] | None = None): ...

class HTMLToDocument:
    @component.output_types(documents=list[Document])
    def run(self, sources: list, meta: dict[str, object] | list[dict[str, object]] | None = None, extraction_kwargs: dict[str, object] | None = None): ...

class HierarchicalDocumentSplitter:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]): ...

class ImageFileToDocument:
    @component.output_types(documents=list[Document])
    def run(self, sources: list, meta: dict[str, object] | list[dict[str, object]] | None = None): ...

class ImageFileToImageContent:
    @component.output_types(image_contents=list)
    def run(self, sources: list, meta: dict[str, object] | list[dict[str, object]] | None = None, detail: object = None, size: tuple[int, int] | None = None): ...

class JSONConverter:
    @component.output_types(documents=list[Document])
    def run(self, sources: list, meta: dict[str, object] | list[dict[str, object]] | None = None): ...

class JsonSchemaValidator:
    @component.output_types(validated=list[ChatMessage], validation_error=list[ChatMessage])
    def run(self, messages: list[ChatMessage], json_schema: dict[str, object] | None = None, error_template: str | None = None): ...

class LLMDocumentContentExtractor:
    @component.output_types(documents=list[Document], failed_documents=list[Document])
    def run(self, documents: list[Document]): ...

class LLMMetadataExtractor:
    @component.output_types(documents=list[Document], failed_documents=list[Document])
    def run(self, documents: list[Document], page_range: list[str | int] | None = None): ...

class LinkContentFetcher:
    @component.output_types(streams=list[ByteStream])
    def run(self, urls: list[str]): ...

class LocalWhisperTranscriber:
    @component.output_types(documents=list[Document])
    def run(self, sources: list, whisper_params: dict[str, object] | None = None): ...

class MSGToDocument:
    @component.output_types(documents=list[Document], attachments=list[ByteStream])
    def run(self, sources: list, meta: dict[str, object] | list[dict[str, object]] | None = None): ...

class MarkdownHeaderSplitter:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]): ...

class MarkdownToDocument:
    @component.output_types(documents=list[Document])
    def run(self, sources: list, meta: dict[str, object] | list[dict[str, object]] | None = None): ...

class NamedEntityExtractor:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document], batch_size: int = None): ...

class OpenAPIConnector:
    @component.output_types(response=dict[str, object])
    def run(self, operation_id: str, arguments: dict[str, object] | None = None): ...

class OpenAPIServiceConnector:
    @component.output_types(service_response=dict[str, object])
    def run(self, messages: list[ChatMessage], service_openapi_spec: dict[str, object], service_credentials: dict | str | None = None): ...

class OpenAPIServiceToFunctions:
    @component.output_types(functions=list[dict[str, object]], openapi_specs=list[dict[str, object]])
    def run(self, sources: list): ...

class PDFMinerToDocument:
    @component.output_types(documents=list[Document])
    def run(self, sources: list, meta: dict[str, object] | list[dict[str, object]] | None = None): ...

class PDFToImageContent:
    @component.output_types(image_contents=list)
    def run(self, sources: list, meta: dict[str, object] | list[dict[str, object]] | None = None, detail: object = None, size: tuple[int, int] | None = None, page_range: list[str | int] | None = None): ...

class PPTXToDocument:
    @component.output_types(documents=list[Document])
    def run(self, sources: list, meta: dict[str, object] | list[dict[str, object]] | None = None): ...

class PyPDFToDocument:
    @component.output_types(documents=list[Document])
    def run(self, sources: list, meta: dict[str, object] | list[dict[str, object]] | None = None): ...

class PythonCodeSplitter:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]): ...

class QueryExpander:
    @component.output_types(queries=list[str])
    def run(self, query: str, n_expansions: int | None = None): ...

class RecursiveDocumentSplitter:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]): ...

class RegexTextExtractor:
    @component.output_types(captured_text=str)
    def run(self, text_or_messages: str | list[ChatMessage]): ...

class RemoteWhisperTranscriber:
    @component.output_types(documents=list[Document])
    def run(self, sources: list): ...

class SASEvaluator:
    @component.output_types(score=float, individual_scores=list[float])
    def run(self, ground_truth_answers: list[str], predicted_answers: list[str]): ...

class SearchApiWebSearch:
    @component.output_types(documents=list[Document], links=list[str])
    def run(self, query: str): ...

class SerperDevWebSearch:
    @component.output_types(documents=list[Document], links=list[str])
    def run(self, query: str): ...

class TextCleaner:
    @component.output_types(texts=list[str])
    def run(self, texts: list[str]): ...

class TextFileToDocument:
    @component.output_types(documents=list[Document])
    def run(self, sources: list, meta: dict[str, object] | list[dict[str, object]] | None = None): ...

class TikaDocumentConverter:
    @component.output_types(documents=list[Document])
    def run(self, sources: list, meta: dict[str, object] | list[dict[str, object]] | None = None): ...

class TopPSampler:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document], top_p: float | None = None): ...

class TransformersZeroShotDocumentClassifier:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document], batch_size: int = None): ...

class XLSXToDocument:
    @component.output_types(documents=list[Document])
    def run(self, sources: list, meta: dict[str, object] | list[dict[str, object]] | None = None): ...

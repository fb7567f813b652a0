"""WF001 for what a Haystack template asks of documents and messages that these do not have."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

RULE = "template-unresolved"
PROGRAM = """
    from haystack import Document, Pipeline, component
    from haystack.components.builders import PromptBuilder
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.dataclasses import ChatMessage
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    class Note:
        text: str

    @component
    class Notes:
        @component.output_types(documents=list[<0>])
        def run(self, query: str):
            return {"documents": self.find(query)}

    TEMPLATE = "{% for one in documents %}<1>{% endfor %} {{ query }}"
    p = Pipeline()
    p.add_component("notes", Notes())
    p.add_component("prompt", PromptBuilder(template=TEMPLATE, required_variables="*"))
    p.connect("notes.documents", "prompt.documents")
    p.run({"notes": {"query": "rain"}, "prompt": {"query": "rain"}})
"""


def said(folder: Path, *parts: str) -> list[tuple[str, Level]]:
    return found(Twin("", PROGRAM, tuple((part, part) for part in parts), "").bad, folder, RULE)


@pytest.mark.parametrize("parts", [("Document", "{{ one.text }}"), ("ChatMessage", "{{ one.body }}")])
def test_a_part_that_there_is_not(parts: tuple[str, str], tmp_path: Path) -> None:
    program = [(line.strip(), level) for line, level in said(tmp_path, *parts)]
    assert program == [
        ('p.add_component("prompt", PromptBuilder(template=TEMPLATE, required_variables="*"))', Level.WARNING)
    ]


@pytest.mark.parametrize(
    "parts",
    [
        ("Document", "{{ one.content }} {{ one.meta.text }}"),
        ("Document", "{% if one.text %}{{ one.text }}{% endif %}"),
        ("Note", "{{ one.text }}"),
        ("str", "{{ one.text }}"),
        ("ChatMessage", "{{ one.text }}"),
    ],
    ids=["what there is", "asked for first", "a class of one's own", "texts", "messages"],
)
def test_silence(parts: tuple[str, str], tmp_path: Path) -> None:
    assert said(tmp_path, *parts) == []

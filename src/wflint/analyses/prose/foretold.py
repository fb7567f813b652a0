"""Words that end or steer a run and stand in what it is told to begin with."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wflint.model.contract import FormatExpectation
from wflint.model.prompt import PromptText
from wflint.model.workflow import Workflow


class Foretold(Struct, frozen=True):
    """A word that is looked for, and the text of the run's input that already holds it."""

    expectation: FormatExpectation
    word: str
    text: PromptText


def foretold(workflow: Workflow) -> Iterator[Foretold]:
    """The first such word of each input."""
    for expectation in workflow.expectations:
        for text in workflow.prompt.texts if workflow.prompt is not None else ():
            words = (word for word in expectation.input_words if word in text.text)
            word = next(words, None)
            if word is not None:
                yield Foretold(expectation, word, text)

"""Steps as they are compared with each other, and what is said about them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from wflint.model.patterns import pattern
from wflint.model.prompt import PromptText, TextRole, sentences
from wflint.model.workflow import EdgeKind, Step, StepKind, Workflow

if TYPE_CHECKING:
    from wflint.matching.subjects import FieldText, StepText

CONVERSATION: Final = frozenset({"messages"})
"""Fields that nearly every agent reads: they say nothing about what it works on."""
_TELLING: Final = 3
"""So many words that are not stock phrases tell what the work is."""
_WORD: Final = pattern(r"[^\W\d_]{4,}")
_UNSPACED: Final = pattern(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_UNSPACED_LETTERS: Final = 4
"""So many letters make a word where words are not set apart by spaces."""
_STOCK: Final = frozenset(
    """your yours with that this these those will would should could must have been they them their there here when what
    which where helpful assistant agent expert specialist professional specializing using provide provided please can
    help helps user users request requests question questions answer answers task tasks tool tools based from into
    about good always only given into""".split()  # noqa: SIM905 (a list of words)
)
"""Words of `You are a helpful assistant` and its kin."""
_WIDTH: Final = 80
"""So many characters of a text stand in a line."""
_TOLD: Final = (TextRole.INSTRUCTION, TextRole.RESULT)


class Placed(Struct, frozen=True):
    """A step with its workflow."""

    workflow: Workflow
    step: Step

    @property
    def inputs(self) -> frozenset[str]:
        """What it works on, the conversation aside."""
        return frozenset(need.name for need in self.step.needs) - CONVERSATION

    @property
    def successors_by_handoff(self) -> frozenset[str]:
        """The agents that it may give the conversation to."""
        edges = self.workflow.index.edges_from(self.step.id)
        return frozenset(edge.target for edge in edges if edge.kind is EdgeKind.HANDOFF)

    @property
    def is_telling(self) -> bool:
        """Whether it asks a model, and says enough about its work to be compared."""
        return self.step.kind is StepKind.AGENT and _word_count(said(self.step)) >= _TELLING

    def is_code_of(self, other: Placed) -> bool:
        """Whether both are the same place of the source."""
        shared = self.step.definition is not None and self.step.definition == other.step.definition
        return shared or self.step.span == other.step.span


def said(step: Step) -> str:
    """What people and prompts say about a step: the prompts as far as they are known."""
    texts = step.prompt.texts if step.prompt is not None else ()
    told = [text.text for text in texts if text.role in _TOLD]
    if step.description and step.description in told:
        told = [text.text for text in texts if text.text == step.description or text.role is TextRole.RESULT]
    elif step.description:
        told.insert(0, step.description)
    return "\n".join(text.replace("…", " ") for text in dict.fromkeys(told))


def wording(step: Step) -> str:
    """What is said about a step, for telling copies: without regard to case and white space."""
    return " ".join(said(step).casefold().split())


def is_asked(step: Step) -> bool:
    """Whether something that its model is told is known, and not only what people say about the step."""
    return bool(_told(step)) and not is_open(step)


def is_open(step: Step) -> bool:
    """Whether a part of a text that its model is told is not known."""
    return not all(text.complete for text in _told(step))


def _told(step: Step) -> tuple[PromptText, ...]:
    texts = step.prompt.texts if step.prompt is not None else ()
    return tuple(text for text in texts if text.role in _TOLD)


def is_written_in(step: Step) -> bool:
    """Whether the text may stand in the code of the step itself, and need not come from elsewhere."""
    span = step.definition or step.span
    lines = span.end_line - span.line
    room = lines * _WIDTH if lines else span.end_column - span.column
    return len(said(step)) <= room


@lru_cache(maxsize=4_096)
def _word_count(text: str) -> int:
    words = {word for word in _WORD.findall(text.casefold()) if not _UNSPACED.search(word)} - _STOCK
    return len(words) + len(_UNSPACED.findall(text)) // _UNSPACED_LETTERS


def text_of(placed: Placed) -> StepText:
    """The step as the matcher reads it."""
    from wflint.matching.subjects import FieldText, StepText

    step = placed.step
    inputs = tuple(FieldText(need.name, need.type or "", need.description) for need in step.needs)
    outputs = tuple(FieldText(offer.name, offer.type or "", offer.description) for offer in step.offers)
    return StepText(step.id, said(step), step.tools, inputs or _talk("message"), outputs or _talk("reply"))


def _talk(name: str) -> tuple[FieldText, ...]:
    """What an agent takes or gives that declares nothing: text."""
    from wflint.matching.subjects import FieldText

    return (FieldText(name, "str"),)


def own_words(one: StepText, other: StepText) -> tuple[StepText, StepText]:
    """Two steps without the sentences that both are told: material and house rules, which tell nobody what to do."""
    told = [sentences(step.doc) for step in (one, other)]
    shared = set(told[0]) & set(told[1])
    rests = ["\n".join(sentence for sentence in spoken if sentence not in shared) for spoken in told]
    if not shared or not all(_word_count(rest) >= _TELLING for rest in rests):
        return one, other
    return replace(one, doc=rests[0]), replace(other, doc=rests[1])

"""Steps as they are compared with each other, and when two of them count as the same work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from wflint.model.prompt import sentences
from wflint.model.workflow import Step, StepKind, Workflow

if TYPE_CHECKING:
    from wflint.matching.matcher import Matcher
    from wflint.matching.scorer import Match
    from wflint.matching.subjects import FieldText, StepText

CONVERSATION: Final = frozenset({"messages"})
"""Fields that nearly every agent reads: they say nothing about what it works on."""
_TELLING: Final = 20
"""A description with so many characters says something."""
_OVERLAP: Final = 0.6
"""So much of either description has to be said by the other."""
_LEFT: Final = 1 - _OVERLAP
"""From this share on, words that nothing of the other step accounts for are too many: long texts of one trade are alike
on the whole."""
_APART: Final = (
    "substituted", "opposites", "opposite-fields", "other-work", "other-role", "other-object", "numbers",
)  # fmt: skip
"""Features that tell two jobs apart, whatever else is alike."""
_CLEAR: Final = -1.0
"""From this weight on they do."""


class Placed(Struct, frozen=True):
    """A step with its workflow."""

    workflow: Workflow
    step: Step

    @property
    def inputs(self) -> frozenset[str]:
        """What it works on, the conversation aside."""
        return frozenset(need.name for need in self.step.needs) - CONVERSATION

    @property
    def is_telling(self) -> bool:
        """Whether it asks a model, and says enough about its work to be compared."""
        return self.step.kind is StepKind.AGENT and len(_said(self.step).strip()) >= _TELLING

    def is_code_of(self, other: Placed) -> bool:
        """Whether both are the same place of the source."""
        shared = self.step.definition is not None and self.step.definition == other.step.definition
        return shared or self.step.span == other.step.span


def text_of(placed: Placed) -> StepText:
    """The step as the matcher reads it."""
    from wflint.matching.subjects import FieldText, StepText

    step = placed.step
    inputs = tuple(FieldText(need.name, need.type or "", need.description) for need in step.needs)
    outputs = tuple(FieldText(offer.name, offer.type or "", offer.description) for offer in step.offers)
    return StepText(step.id, _said(step), step.tools, inputs or _talk("message"), outputs or _talk("reply"))


def _said(step: Step) -> str:
    """What people say about a step; else what its model is asked to do, as far as all of it is known."""
    if step.description:
        return step.description
    texts = step.prompt.texts if step.prompt is not None and step.prompt.whole else ()
    return "\n".join(text.text for text in texts)


def _talk(name: str) -> tuple[FieldText, ...]:
    """What an agent takes or gives that declares nothing: text."""
    from wflint.matching.subjects import FieldText

    return (FieldText(name, "str"),)


def is_same_work(one: Placed, other: Placed, match: Match, matcher: Matcher) -> bool:
    """Whether a likely match stands: the descriptions say the same, and nothing tells the jobs apart.

    Steps of one family share most of their descriptions; what they are for stands in their names. Descriptions that
    are the same word for word are often boilerplate: then the names have to be the same, too.
    """
    if "same-doc" in match.strengths and (one.step.id != other.step.id or one.workflow.id == other.workflow.id):
        return False
    apart = any(reason.feature in _APART and reason.weight <= _CLEAR for reason in match.reasons)
    left = match.strengths.get("leftover", 0.0)
    if apart or left > _LEFT or match.strengths.get("doc-overlap", 0.0) < _OVERLAP:
        return False
    mine, theirs = _own_words(text_of(one), text_of(other))
    if not matcher.compare_steps([(mine, theirs)])[0].is_match:
        return False
    return one.step.id == other.step.id or not matcher.unsaid_names(mine, theirs)


def _own_words(one: StepText, other: StepText) -> tuple[StepText, StepText]:
    """Two steps without the sentences that both are told: material and house rules, which tell nobody what to do."""
    told = [list(sentences(step.doc)) for step in (one, other)]
    shared = set(told[0]) & set(told[1])
    rests = ["\n".join(sentence for sentence in said if sentence not in shared) for said in told]
    if not shared or not all(len(rest) >= _TELLING for rest in rests):
        return one, other
    return replace(one, doc=rests[0]), replace(other, doc=rests[1])

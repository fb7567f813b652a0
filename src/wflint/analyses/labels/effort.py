"""What a step costs to run, guessed from its source: the frame for edges that no recorded run has measured.

Amounts are effective tokens: input tokens count once, output tokens four times.
"""

from __future__ import annotations

from wflint.model.workflow import Step, StepKind, Workflow

OUTPUT_WEIGHT = 4
"""An output token costs as much as four input tokens."""
CHARACTERS_A_TOKEN = 4

_PROMPT = 400
"""Instructions and question of a model call whose prompt is not shown."""
_TOOL_SCHEMA = 100
"""The description of one tool, sent with every call."""
_ROUNDS_WITH_TOOLS = 2
"""Model calls of a step that has tools: at least one to ask, one to answer."""
_TOOL_CALL = 300
"""What comes back from a tool and is read by the next model call."""
_HUMAN = 3_000
"""A person's minute is not paid in tokens; this is what makes asking one dearer than running a model again."""
_CODE = 200
"""Plain code costs no tokens, but what it calls may."""
_INNER_STEPS = 3
"""A workflow within a step counts as so many model steps."""

_FREE_TEXT = 300
_SCALAR = 10
_STRUCTURE = 150
_SCALARS = frozenset({"int", "float", "bool", "datetime", "date", "UUID", "Decimal"})
_CONTAINERS = frozenset({"list", "dict", "tuple", "set", "Sequence", "Mapping"})
_TEXTS = frozenset({"str", "Any", "object"})


def is_model(step: Step) -> bool:
    """Whether a language model does the work, or part of it."""
    return step.kind is StepKind.AGENT or step.model is not None


def is_human(step: Step) -> bool:
    """Whether a person answers in the step."""
    return step.interrupts or step.kind is StepKind.HUMAN


def has_code(step: Step | None) -> bool:
    """Whether the step is code of the project, and not an agent or component that the framework runs."""
    return step is not None and step.definition is not None and not step.worker and step.workflow is None


def is_free_text(type_name: str | None) -> bool:
    """Whether a value of the type may be any text, as a value of an unknown type may."""
    if type_name is None:
        return True
    return any(part.strip() in _TEXTS for part in type_name.split("|"))


def is_shaped(type_name: str | None) -> bool:
    """Whether the type says what is inside: a record or a scalar, not any text, any container or a conversation."""
    return not is_free_text(type_name) and type_name not in _CONTAINERS and "Message" not in (type_name or "")


def size_of(type_name: str | None) -> int:
    """Tokens of a value of the type."""
    if is_free_text(type_name):
        return _FREE_TEXT
    bare = (type_name or "").removesuffix(" | None").strip()
    return _SCALAR if bare in _SCALARS or bare.startswith("Literal[") else _STRUCTURE


def type_of(name: str, declared: str | None, workflow: Workflow) -> str | None:
    """The type of a field, as its offer or need says, or else the state."""
    field = workflow.state.field(name) if workflow.state is not None else None
    return declared or (field.type if field is not None else None)


def output_of(step: Step, workflow: Workflow) -> int:
    """Tokens that the step hands on; an unknown output counts as one text."""
    sizes = {offer.name: size_of(type_of(offer.name, offer.type, workflow)) for offer in step.offers}
    return sum(sizes.values()) or _FREE_TEXT


def effort_of(step: Step, workflow: Workflow) -> int:
    """Effective tokens of one execution."""
    if is_human(step):
        return _HUMAN
    if is_model(step):
        return _model_effort(step, workflow)
    match step.kind:
        case StepKind.START | StepKind.END | StepKind.ROUTER:
            return 0
        case StepKind.SUBWORKFLOW:
            return _INNER_STEPS * _model_effort(step, workflow)
        case StepKind.TOOL:
            return _TOOL_CALL
        case _:
            return _CODE


def _model_effort(step: Step, workflow: Workflow) -> int:
    needs = {need.name: size_of(type_of(need.name, need.type, workflow)) for need in step.needs}
    prompt = _PROMPT + len(step.description) // CHARACTERS_A_TOKEN + sum(needs.values())
    reading = prompt + _TOOL_SCHEMA * len(step.tools)
    if step.tools:
        reading = _ROUNDS_WITH_TOOLS * reading + _TOOL_CALL
    return reading + OUTPUT_WEIGHT * output_of(step, workflow)

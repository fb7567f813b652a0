"""The features that speak for and against an edge, and how loudly: one table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec


class Feature(StrEnum):
    """A property of an edge that moves the probability of a mismatch."""

    BASE = "base"
    """What is true of every edge."""
    CALLERS_CONTRACT = "callers-contract"
    """The edge leads in from the start: what it carries is between the workflow and its caller."""
    CONTROL_ONLY = "control-only"
    """The edge says who runs next and hands nothing over."""
    EXACT_MATCH = "exact-match"
    """Every field that the target requires is set whenever it runs."""
    MISSING_FIELD = "missing-field"
    """A field that the target reads never arrives."""
    SOFT_MATCH_ONLY = "soft-match-only"
    """A field that the target reads is offered under another name only."""
    PATH_DEPENDENT = "path-dependent"
    """A field that the target requires is not set on every way."""
    POSSIBLE_OFFER = "possible-offer"
    """The source writes what the target reads only under a condition."""
    MODEL_OUTPUT = "model-output"
    """What is handed on comes from a model."""
    PARSED_TEXT = "parsed-text"
    """Code takes apart what a model answers in whatever form it likes."""
    OUTSIDE = "outside-data"
    """What is handed on comes from outside: a search, a tool, a service, a file."""
    FORWARDED = "forwarded"
    """The source leaves alone what the target reads of the work of others."""
    WITH_TOOLS = "with-tools"
    """The model that writes what is handed on works with tools, so that it may have found little or nothing."""
    UNCHECKED_FINDS = "unchecked-finds"
    """A model is given what was looked up, and nothing looks whether that is anything."""
    SUB_WORKFLOW = "sub-workflow"
    """A workflow of its own does the work at one end, with contracts of its own inside."""
    HANDED_BY_CODE = "handed-by-code"
    """Plain code runs the steps, and hands what one gives to the next itself."""
    TURN_BY_TURN = "turn-by-turn"
    """A model picks whose turn it is, again after every turn."""
    CODE_READS_MODEL = "code-reads-model"
    """Code goes on with what a model wrote; a model would make do with any form."""
    CODE_READS_FINDS = "code-reads-finds"
    """Code goes on with what was found outside; a model would make something of nothing."""
    CODE_TO_CODE = "code-to-code"
    """Plain code goes on with what plain code wrote."""
    SILENT_DEFAULT = "silent-default"
    """The target goes on without what the source writes where that is missing, so that nobody notices."""
    FAILURE_CAUGHT = "failure-caught"
    """The source catches the failure of a model or a request, so that the run may go on with little or nothing."""
    TOOL_CALL = "tool-call"
    """A model asks tools for something, and hears what they say, failures too."""
    TOOL_LOOP = "tool-loop"
    """What tools say, failures too, goes back to the model that asked for them."""
    STRUCTURED_OUTPUT = "structured-output"
    """The model is asked to answer in a declared structure."""
    ENFORCED_FORM = "enforced-form"
    """What does not have the declared structure gets no further."""
    GUARDRAIL = "guardrail"
    """Code looks at what is handed on before it leaves the source."""
    VALIDATED_INPUT = "validated-input"
    """What the target is given is checked against its declaration when the target runs."""
    RETRY_ON_VALIDATION = "retry-on-validation"
    """What does not pass a check is made again."""
    CALLER_INPUT = "caller-input"
    """What is handed on comes from whoever starts the run."""
    PLAIN_CODE = "plain-code"
    """What is handed on comes from plain code."""
    MADE_OF = "made-of"
    """Code makes what is handed on of something that a model, a person or the outside world wrote."""
    NO_DECLARED_SCHEMA = "no-declared-schema"
    """A field that is handed on has no declared type."""
    TYPED = "typed"
    """Every field that is handed on has a declared type."""
    TYPED_EVENT = "typed-event"
    """What code hands on is an event or message of a declared form, by which the framework delivers it."""
    FREE_TEXT_PARSED = "free-text-parsed"
    """The target goes on to parts of a value whose shape nobody declares."""
    VALIDATOR = "validator"
    """A choice tests what the target needs before it takes the edge."""
    OPEN_CONTRACT = "open-contract"
    """The source may write, or the target may read, more than the code shows."""
    OPEN_ROUTER = "open-router"
    """Where the source leads is not fully known."""
    MODEL_DECIDES = "model-decides"
    """What a model says decides whether the edge is taken."""
    CODED_ROUTE = "coded-route"
    """Code picks the way by what a model answered; the model itself cannot lead on to whomever it likes."""
    ENDLESS_LOOP = "endless-loop"
    """The edge lies on a loop that nothing is seen to end, so what it carries drifts from round to round."""
    UNCOUNTED_LOOP = "uncounted-loop"
    """The edge leads back on a loop that ends only when a model says so, however often that takes."""
    CYCLE = "cycle"
    """The edge leads back on a loop, so what it carries changes from round to round."""
    HUMAN = "human"
    """A person answers."""
    LONG_FAN_IN = "long-fan-in"
    """Many steps lead into the target."""
    RETRIES = "retries"
    """The source is tried again when it fails, whatever that does for what it says."""


_WORK_OF_OTHERS: Final = frozenset(
    {
        Feature.MODEL_OUTPUT, Feature.PARSED_TEXT, Feature.OUTSIDE, Feature.HUMAN, Feature.CODE_READS_MODEL,
        Feature.CODE_READS_FINDS, Feature.UNCHECKED_FINDS, Feature.WITH_TOOLS,
    }
)  # fmt: skip
_LOOSE: Final = frozenset({Feature.PARSED_TEXT, Feature.FREE_TEXT_PARSED})
OPPOSITES: Final[Mapping[Feature, frozenset[Feature]]] = {
    Feature.EXACT_MATCH: frozenset(
        {Feature.MISSING_FIELD, Feature.PATH_DEPENDENT, Feature.POSSIBLE_OFFER, Feature.SOFT_MATCH_ONLY}
    ),
    Feature.PLAIN_CODE: _WORK_OF_OTHERS,
    Feature.CODE_TO_CODE: _WORK_OF_OTHERS,
    Feature.TYPED: frozenset({Feature.NO_DECLARED_SCHEMA, Feature.FREE_TEXT_PARSED}),
    Feature.TYPED_EVENT: frozenset({Feature.NO_DECLARED_SCHEMA, Feature.FREE_TEXT_PARSED}),
    Feature.STRUCTURED_OUTPUT: _LOOSE,
    Feature.ENFORCED_FORM: _LOOSE,
    Feature.CALLER_INPUT: frozenset({Feature.MISSING_FIELD}),
}
"""What is not said against a mismatch where something that speaks for one contradicts it, or sounds as if it did."""

WEIGHTS: Final[Mapping[Feature, float]] = msgspec.json.decode(
    Path(__file__).with_name("weights.json").read_bytes(), type=dict[Feature, float]
)
"""Log-odds, fitted to the judgement of a panel by `tools/labels/fit.py`; the signs are given, the sizes are not."""

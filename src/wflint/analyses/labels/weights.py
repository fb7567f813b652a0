"""The features that speak for and against an edge, and how loudly: one table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Feature(StrEnum):
    """A property of an edge that moves the probability of a mismatch."""

    BASE = "base"
    """What is true of every edge."""
    NOTHING_NEEDED = "nothing-needed"
    """The target reads nothing."""
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
    NO_DECLARED_SCHEMA = "no-declared-schema"
    """A field that is handed on has no declared type."""
    TYPED = "typed"
    """Every field that is handed on has a declared type."""
    TYPED_EVENT = "typed-event"
    """What is handed on is an event or message of a declared form, by which the framework delivers it."""
    FREE_TEXT_PARSED = "free-text-parsed"
    """The target goes on to parts of a value whose shape nobody declares."""
    VALIDATOR = "validator"
    """A choice tests what the target needs before it takes the edge."""
    OPEN_CONTRACT = "open-contract"
    """The source may write, or the target may read, more than the code shows."""
    OPEN_ROUTER = "open-router"
    """Where the source leads is not fully known."""
    CYCLE = "cycle"
    """The edge lies on a loop, so what it carries changes from round to round."""
    HUMAN = "human"
    """A person answers."""
    EXTERNAL_TOOL = "external-tool"
    """A tool answers."""
    LONG_FAN_IN = "long-fan-in"
    """Many steps lead into the target."""
    RETRIES = "retries"
    """The source is tried again when it fails, whatever that does for what it says."""


WEIGHTS: Mapping[Feature, float] = {
    Feature.BASE: -2.2,  # one edge in ten, before anything is known about it
    Feature.NOTHING_NEEDED: -1.5,  # nothing is asked for, so nothing can be missing
    Feature.EXACT_MATCH: -0.8,  # names and ways agree; content may still not
    Feature.MISSING_FIELD: 3.0,  # more likely than not to fail, defaults aside
    Feature.SOFT_MATCH_ONLY: 1.3,  # somebody offers it, but nobody hands it over under that name
    Feature.PATH_DEPENDENT: 1.5,  # fails on some ways
    Feature.POSSIBLE_OFFER: 0.7,  # fails on some runs, unless somebody looked first
    Feature.MODEL_OUTPUT: 1.0,  # free text varies from run to run
    Feature.STRUCTURED_OUTPUT: -0.6,  # the form is asked for; what is said still varies
    Feature.ENFORCED_FORM: -0.4,  # a wrong form shows where it is made, not two steps on
    Feature.GUARDRAIL: -0.8,  # somebody has thought of what may be wrong with it, and looks
    Feature.VALIDATED_INPUT: -0.4,  # a wrong form shows at the door of the step that minds
    Feature.RETRY_ON_VALIDATION: -0.5,  # most answers that do not pass do the second time
    Feature.CALLER_INPUT: -0.9,  # a caller who leaves something out is told at once, on every run
    Feature.PLAIN_CODE: -0.7,  # the same input gives the same output
    Feature.NO_DECLARED_SCHEMA: 0.4,  # nobody says what it looks like
    Feature.TYPED: -0.4,  # somebody does, though nobody checks at run time
    Feature.TYPED_EVENT: -0.8,  # somebody does, and the framework will not route anything else
    Feature.FREE_TEXT_PARSED: 0.8,  # the shape is relied on and not declared
    Feature.VALIDATOR: -0.8,  # what is tested just before is there
    Feature.OPEN_CONTRACT: 0.5,  # there may be a need or an offer that is not seen
    Feature.OPEN_ROUTER: 0.6,  # there may be ways that are not seen
    Feature.CYCLE: 0.5,  # later rounds see other values than the first
    Feature.HUMAN: 0.9,  # people answer as they like
    Feature.EXTERNAL_TOOL: 0.5,  # the world outside changes
    Feature.LONG_FAN_IN: 0.4,  # the more hands, the more assumptions
    Feature.RETRIES: -0.3,  # failures that show are tried again
}
"""Log-odds. A first, careful guess: the signs are meant, the sizes wait for recorded runs."""

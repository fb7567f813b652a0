"""What differs between releases of ADK; found by running them."""

from __future__ import annotations

from wflint.assembly.changes import Changed
from wflint.assembly.releases import Limited, Package
from wflint.model.limits import RunLimit

PACKAGE = Package(("google-adk",), oldest="1")
LIMITS = (Limited(RunLimit(500, "max_llm_calls", models_only=True)),)
"""So many calls of models a run has where its configuration does not say otherwise."""
CHANGED = Changed(
    PACKAGE,
    older="1.39.1",
    newest="2.13.0",
    new=(
        "google.BaseNode",
        "google.DEFAULT_ROUTE",
        "google.Edge",
        "google.FunctionNode",
        "google.JoinNode",
        "google.Node",
        "google.RequestInput",
        "google.START",
        "google.Workflow",
        "google.node",
    ),
    new_arguments={
        "google.LlmAgent": ("mode parallel_worker rerun_on_resume retry_config state_schema timeout wait_for_output"),
        "google.Agent": ("mode parallel_worker rerun_on_resume retry_config state_schema timeout wait_for_output"),
        "google.SequentialAgent": (
            "input_schema output_schema rerun_on_resume retry_config state_schema timeout wait_for_output"
        ),
        "google.ParallelAgent": (
            "input_schema output_schema rerun_on_resume retry_config state_schema timeout wait_for_output"
        ),
        "google.LoopAgent": (
            "input_schema output_schema rerun_on_resume retry_config state_schema timeout wait_for_output"
        ),
    },
)
"""What only one of the two releases has that were looked at."""

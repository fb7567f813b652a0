"""What differs between releases of CrewAI; found by running them."""

from __future__ import annotations

from wflint.assembly.changes import Changed
from wflint.assembly.releases import Held, Limited, Package
from wflint.model.limits import RunLimit

PACKAGE = Package(("crewai",))
RACES = Held(PACKAGE, "1.9")
"""Of methods that lead to one that waits for any of them, the first that is done cancels the others."""
UNMADE = Held(PACKAGE, "1.4")
"""Guardrails look at a result before the object that it is to be is made of it; before, they got that, too."""
TOLD = Held(PACKAGE, "0.19")
"""A task must say what is expected of it."""
ROUNDS = Held(PACKAGE, "1.15")
"""An agent of no iterations goes round without asking its model, and fails."""
STREAMS = Held(PACKAGE, "1.6")
"""A crew that is to stream gives a stream; earlier releases pass over the argument."""
LIMITS = (Limited(RunLimit(100, "max_method_calls"), Held(PACKAGE, "1.10")),)
"""So often a run of a flow calls one method where the flow does not say otherwise."""
CHANGED = Changed(
    PACKAGE,
    older="0.203.2",
    newest="1.15.30",
    new=(
        "crewai.Agent.akickoff",
        "crewai.Crew.akickoff",
        "crewai.Crew.akickoff_for_each",
        "crewai.Flow.akickoff",
        "crewai.Flow.from_declaration",
        "crewai.human_feedback",
        "crewai.load_crew",
        "crewai.load_crew_and_kickoff",
    ),
    new_arguments={
        "crewai.Agent": (
            "a2a apps checkpoint checkpoint_kickoff_event_id entity_type execution_context "
            "executor_class mcps memory planning planning_config skills tool_failure_policy "
            "use_better_compaction"
        ),
        "crewai.Task": (
            "checkpoint_original_description checkpoint_original_expected_output guardrails input_files "
            "response_model tool_failure_policy"
        ),
        "crewai.Crew": (
            "checkpoint checkpoint_inputs checkpoint_kickoff_event_id checkpoint_train entity_type "
            "execution_context skills stream tool_failure_policy trained_agents_file"
        ),
    },
    gone_arguments={
        "crewai.Agent": "agent_ops_agent_id agent_ops_agent_name",
        "crewai.Task": "i18n",
        "crewai.Crew": "entity_memory external_memory long_term_memory parent_flow short_term_memory",
    },
)
"""What only one of the two releases has that were looked at."""

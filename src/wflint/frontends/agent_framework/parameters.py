"""What Agent Framework's parts take by keyword, in any release to 1.23; anything else they refuse."""

from __future__ import annotations

from wflint.assembly.parameters import Parameters, refused

PARAMETERS: Parameters = {
    "agent_framework.AgentExecutor": refused(
        "agent agent_thread context_filter context_mode defer_discovery ensure_trailing_user_turn id "
        "output_response session type type_"
    ),
    "agent_framework.WorkflowBuilder": refused(
        "checkpoint_storage description intermediate_output_from max_iterations name output_executors output_from "
        "start_executor"
    ),
}

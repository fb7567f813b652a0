"""What ADK's agents take by keyword, in any release from 0.1 to 2.13; anything else they refuse."""

from __future__ import annotations

from wflint.assembly.parameters import Parameters, refused

PARAMETERS: Parameters = {
    **dict.fromkeys(
        ("google.LlmAgent", "google.Agent"),
        refused(
            "DEFAULT_MODEL after_agent_callback after_model_callback after_tool_callback before_agent_callback "
            "before_model_callback before_tool_callback code_executor config_type description "
            "disallow_transfer_to_parent disallow_transfer_to_peers examples generate_content_config "
            "global_instruction include_contents input_schema instruction mode model name on_model_error_callback "
            "on_tool_error_callback output_key output_schema parallel_worker parent_agent planner rerun_on_resume "
            "retry_config state_schema static_instruction sub_agents timeout tools wait_for_output"
        ),
    ),
    "google.SequentialAgent": refused(
        "after_agent_callback before_agent_callback config_type description input_schema name output_schema "
        "parent_agent rerun_on_resume retry_config state_schema sub_agents timeout wait_for_output"
    ),
    "google.ParallelAgent": refused(
        "after_agent_callback before_agent_callback config_type description input_schema name output_schema "
        "parent_agent rerun_on_resume retry_config state_schema sub_agents timeout wait_for_output"
    ),
    "google.LoopAgent": refused(
        "after_agent_callback before_agent_callback config_type description input_schema max_iterations name "
        "output_schema parent_agent rerun_on_resume retry_config state_schema sub_agents timeout wait_for_output"
    ),
    "google.AgentTool": refused(
        "agent custom_metadata description include_plugins is_long_running name propagate_grounding_metadata "
        "skip_summarization"
    ),
}

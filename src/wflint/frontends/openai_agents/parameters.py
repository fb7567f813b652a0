"""What the parts of OpenAI Agents take by keyword, in any release from 0.0.3 to 0.24; anything else they refuse."""

from __future__ import annotations

from wflint.assembly.parameters import Parameters, refused

PARAMETERS: Parameters = {
    "agents.Agent": refused(
        "handoff_description handoffs hooks input_guardrails instructions mcp_config mcp_servers model "
        "model_settings name output_guardrails output_type prompt reset_tool_choice tool_use_behavior tools"
    ),
    "agents.handoff": refused(
        "agent input_filter input_type is_enabled nest_handoff_history on_handoff tool_description_override "
        "tool_name_override"
    ),
    "agents.RunConfig": refused(
        "call_model_input_filter group_id handoff_history_mapper handoff_input_filter input_guardrails model "
        "model_provider model_settings nest_handoff_history output_guardrail_blocked_message output_guardrails "
        "reasoning_item_id_policy sandbox session_input_callback session_settings tool_error_formatter "
        "tool_execution tool_name_collision_policy tool_not_found_behavior trace_id trace_include_sensitive_data "
        "trace_metadata tracing tracing_disabled workflow_name"
    ),
}

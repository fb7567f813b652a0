"""What AutoGen's agents and teams take by keyword, in any release from 0.4 to 0.7; anything else they refuse."""

from __future__ import annotations

from wflint.assembly.parameters import Parameters, refused

PARAMETERS: Parameters = {
    "autogen_agentchat.AssistantAgent": refused(
        "description handoffs max_tool_iterations memory metadata model_client model_client_stream model_context "
        "name output_content_type output_content_type_format reflect_on_tool_use system_message "
        "tool_call_summary_format tool_call_summary_formatter tools workbench"
    ),
    "autogen_agentchat.UserProxyAgent": refused("description input_func name"),
    "autogen_agentchat.CodeExecutorAgent": refused(
        "approval_func code_executor description max_retries_on_error model_client model_client_stream "
        "model_context name sources supported_languages system_message"
    ),
    "autogen_agentchat.SocietyOfMindAgent": refused(
        "description instruction model_client model_context name response_prompt team"
    ),
    "autogen_agentchat.MessageFilterAgent": refused("description filter name wrapped_agent"),
    "autogen_agentchat.RoundRobinGroupChat": refused(
        "custom_message_types description emit_team_events group_chat_manager_class group_chat_manager_name "
        "max_turns name participants runtime termination_condition"
    ),
    "autogen_agentchat.SelectorGroupChat": refused(
        "allow_repeated_speaker candidate_func custom_message_types description emit_team_events "
        "group_chat_manager_class group_chat_manager_name max_selector_attempts max_turns model_client "
        "model_client_streaming model_context name participants runtime selector_func selector_prompt "
        "termination_condition"
    ),
    "autogen_agentchat.Swarm": refused(
        "custom_message_types description emit_team_events group_chat_manager_class group_chat_manager_name "
        "max_turns name participants runtime termination_condition"
    ),
    "autogen_agentchat.MagenticOneGroupChat": refused(
        "custom_message_types description emit_team_events final_answer_prompt group_chat_manager_class "
        "group_chat_manager_name max_stalls max_turns model_client name participants runtime "
        "termination_condition"
    ),
    "autogen_agentchat.GraphFlow": refused(
        "custom_message_types description emit_team_events graph group_chat_manager_class group_chat_manager_name "
        "max_turns name participants runtime termination_condition"
    ),
}

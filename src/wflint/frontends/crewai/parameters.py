"""What CrewAI's parts take by keyword, in any release from 0.28 to 1.15; anything else they ignore."""

from __future__ import annotations

from wflint.assembly.parameters import Parameters, ignored

PARAMETERS: Parameters = {
    "crewai.Agent": ignored(
        "a2a adapted_agent agent_executor agent_knowledge_context agent_ops_agent_id agent_ops_agent_name "
        "allow_code_execution allow_delegation apps backstory cache cache_handler callbacks checkpoint "
        "checkpoint_kickoff_event_id code_execution_mode config crew crew_knowledge_context date_format embedder "
        "embedder_config entity_type execution_context executor_class formatting_errors from_repository "
        "function_calling_llm goal guardrail guardrail_max_retries i18n id inject_date knowledge knowledge_config "
        "knowledge_search_query knowledge_sources knowledge_storage llm max_execution_time max_iter "
        "max_reasoning_attempts max_retry_limit max_rpm max_tokens mcps memory multimodal planning "
        "planning_config prompt_template reasoning respect_context_window response_template role security_config "
        "skills step_callback system_template tool_failure_policy tools tools_handler tools_results "
        "use_better_compaction use_system_prompt verbose"
    ),
    "crewai.Task": ignored(
        "agent allow_crewai_trigger_context async_execution callback checkpoint_original_description "
        "checkpoint_original_expected_output config context converter_cls create_directory delegations "
        "description end_time expected_output guardrail guardrail_max_retries guardrails human_input i18n id "
        "input_files logger markdown max_retries name output output_file output_json output_pydantic "
        "processed_by_agents prompt_context response_model retry_count security_config start_time thread "
        "tool_failure_policy tools tools_errors used_tools"
    ),
    "crewai.Crew": ignored(
        "after_kickoff_callbacks agents before_kickoff_callbacks cache chat_llm checkpoint checkpoint_inputs "
        "checkpoint_kickoff_event_id checkpoint_train config embedder entity_memory entity_type execution_context "
        "execution_logs external_memory full_output function_calling_llm id knowledge knowledge_sources language "
        "language_file long_term_memory manager_agent manager_callbacks manager_llm max_rpm memory memory_config "
        "name output_log_file parent_flow planning planning_llm process prompt_file security_config share_crew "
        "short_term_memory skills step_callback stream task_callback task_execution_output_json_files tasks "
        "token_usage tool_failure_policy tracing trained_agents_file usage_metrics user_memory verbose"
    ),
}

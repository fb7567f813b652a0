"""What LlamaIndex's agents take by keyword, in any release from 0.11 to 0.14; anything else they ignore."""

from __future__ import annotations

from wflint.assembly.parameters import Parameters, ignored

PARAMETERS: Parameters = {
    "llama_index.FunctionAgent": ignored(
        "allow_parallel_tool_calls can_handoff_to description early_stopping_method initial_state "
        "initial_tool_choice llm name output_cls scratchpad_key state_prompt streaming structured_output_fn "
        "system_prompt timeout tool_retriever tools verbose"
    ),
    "llama_index.ReActAgent": ignored(
        "agent_worker callback_manager can_handoff_to chat_history context default_tool_choice "
        "delete_task_on_finish description early_stopping_method formatter handle_reasoning_failure_fn "
        "init_task_state_kwargs initial_state llm max_iterations memory name output_cls output_parser "
        "react_chat_formatter reasoning_key state state_prompt streaming structured_output_fn system_prompt "
        "timeout tool_retriever tools verbose"
    ),
    "llama_index.CodeActAgent": ignored(
        "can_handoff_to code_act_system_prompt code_execute_fn description initial_state llm name output_cls "
        "scratchpad_key state_prompt streaming structured_output_fn system_prompt timeout tool_retriever tools "
        "verbose"
    ),
}

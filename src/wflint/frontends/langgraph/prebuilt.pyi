# What LangGraph brings along, as Python that is read and never run: the states that people inherit from, the
# ready-made router, and the agent that is a graph itself.
from typing import Annotated, Any, Literal, TypedDict
from pydantic import BaseModel
from langgraph.graph import END, START, StateGraph
from langgraph.channels import last_value, managed
from langgraph.graph.message import add_messages
from langgraph.wflint import Model, choose, known_empty, returns_direct, tool_node


class MessagesState(TypedDict):
    messages: Annotated[list, add_messages]


class AgentState(TypedDict):
    messages: Annotated[list, add_messages]
    remaining_steps: Annotated[int, managed]


class AgentStateWithStructuredResponse(AgentState):
    structured_response: Annotated[Any, last_value]


class AgentStatePydantic(BaseModel):
    messages: Annotated[list, add_messages]
    remaining_steps: int = 25


class AgentStateWithStructuredResponsePydantic(AgentStatePydantic):
    structured_response: Annotated[Any, last_value]


class ModelInput(TypedDict):
    llm_input_messages: Annotated[list, last_value]


def tools_condition(state, messages_key="messages") -> Literal["tools", "__end__"]:
    if state[messages_key][-1].tool_calls:
        return "tools"
    return "__end__"


def create_react_agent(
    model, tools=(), *, prompt=None, response_format=None, pre_model_hook=None, post_model_hook=None,
    state_schema=None, context_schema=None, checkpointer=None, store=None, interrupt_before=None,
    interrupt_after=None, debug=False, version="v2", name=None, **rest,
):
    plain = AgentState if response_format is None else AgentStateWithStructuredResponse
    return _react(
        StateGraph(state_schema or plain), model, tools, pre_model_hook, post_model_hook, response_format
    ).compile(
        checkpointer=checkpointer, store=store, interrupt_before=interrupt_before, interrupt_after=interrupt_after,
        name=name,
    )


# The graph comes in as an argument, and no variable here ever holds it: it is called what the caller calls it.
def _react(graph, model, tools, pre_model_hook, post_model_hook, response_format):
    graph.tools = tools
    entry = "agent" if pre_model_hook is None else "pre_model_hook"
    last = "agent" if post_model_hook is None else "post_model_hook"
    stop = END if response_format is None else "generate_structured_response"
    graph.add_node("agent", Model(model), input_schema=None if pre_model_hook is None else ModelInput)
    graph.set_entry_point(entry)
    if pre_model_hook is not None:
        graph.add_node("pre_model_hook", pre_model_hook)
        graph.add_edge("pre_model_hook", "agent")
    if post_model_hook is not None:
        graph.add_node("post_model_hook", post_model_hook)
        graph.add_edge("agent", "post_model_hook")
    if response_format is not None:
        graph.add_node("generate_structured_response", Model(model, writes="structured_response"))
    if not known_empty(tools):
        graph.add_node("tools", tool_node(tools))
        if returns_direct(tools):
            graph.add_conditional_edges("tools", choose, [entry, END])
        else:
            graph.add_edge("tools", entry)
        if post_model_hook is None:
            graph.add_conditional_edges("agent", choose, ["tools", stop])
        else:
            graph.add_conditional_edges("post_model_hook", choose, [entry, "tools", stop])
    elif response_format is not None:
        graph.add_edge(last, stop)
    return graph

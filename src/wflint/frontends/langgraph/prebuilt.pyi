# What LangGraph and LangChain bring along, as Python that is read and never run: the states that people inherit
# from, the ready-made routers, and the agents that are graphs themselves.
from typing import Annotated, Any, Literal, TypedDict
from pydantic import BaseModel
from langgraph.graph import END, START, StateGraph, ToolNode
from langgraph.channels import ephemeral_value, last_value, managed
from langgraph.graph.message import add_messages
from langgraph.wflint import Model, SwarmEntry, choose, handoffs_of, known_empty, names_of


class MessagesState(TypedDict):
    messages: Annotated[list, add_messages]


class AgentState(TypedDict):
    messages: Annotated[list, add_messages]
    remaining_steps: Annotated[int, managed]
    structured_response: Annotated[Any, last_value]
    jump_to: Annotated[str, ephemeral_value]


class AgentStatePydantic(BaseModel):
    messages: Annotated[list, add_messages]
    remaining_steps: int = 25


class SwarmState(TypedDict):
    messages: Annotated[list, add_messages]
    active_agent: Annotated[str, last_value]


def tools_condition(state, messages_key="messages") -> Literal["tools", "__end__"]:
    if state["messages"][-1].tool_calls:
        return "tools"
    return "__end__"


def create_react_agent(
    model, tools=(), *, prompt=None, response_format=None, pre_model_hook=None, post_model_hook=None,
    state_schema=None, context_schema=None, checkpointer=None, store=None, interrupt_before=None,
    interrupt_after=None, debug=False, version="v2", name=None, **rest,
):
    return react(StateGraph(state_schema or AgentState), model, tools, pre_model_hook, post_model_hook, response_format).compile(
        checkpointer=checkpointer, store=store, interrupt_before=interrupt_before, interrupt_after=interrupt_after, name=name)


# Graphs come in as arguments here, so that they are called what the caller calls them.
def react(graph, model, tools, pre_model_hook, post_model_hook, response_format):
    graph.tools = tools
    entry = "agent"
    graph.add_node("agent", Model(model, response_format=response_format))
    if pre_model_hook is not None:
        entry = "pre_model_hook"
        graph.add_node("pre_model_hook", pre_model_hook)
        graph.add_edge("pre_model_hook", "agent")
    graph.set_entry_point(entry)
    last = "agent"
    if post_model_hook is not None:
        last = "post_model_hook"
        graph.add_node("post_model_hook", post_model_hook)
        graph.add_edge("agent", "post_model_hook")
    stop = END
    if response_format is not None:
        stop = "generate_structured_response"
        graph.add_node("generate_structured_response", Model(model, writes="structured_response"))
    if known_empty(tools):
        graph.add_edge(last, stop)
    else:
        graph.add_node("tools", tools if isinstance(tools, ToolNode) else ToolNode(tools))
        graph.add_conditional_edges(last, choose, {"tools": "tools", "stop": stop})
        graph.add_edge("tools", entry)
    return graph


def create_agent(
    model, tools=None, *, system_prompt=None, middleware=(), response_format=None, state_schema=None,
    context_schema=None, checkpointer=None, store=None, interrupt_before=None, interrupt_after=None, debug=False,
    name=None, cache=None, **rest,
):
    return agent(StateGraph(state_schema or AgentState), model, tools).compile(
        checkpointer=checkpointer, store=store, interrupt_before=interrupt_before, interrupt_after=interrupt_after, name=name)


def agent(graph, model, tools):
    graph.tools = tools
    graph.add_node("model", Model(model))
    graph.add_edge(START, "model")
    if tools is None or known_empty(tools):
        graph.add_edge("model", END)
    else:
        graph.add_node("tools", ToolNode(tools))
        graph.add_conditional_edges("model", choose, {"tools": "tools", "stop": END})
        graph.add_edge("tools", "model")
    return graph


def create_supervisor(
    agents, *, model, tools=None, prompt=None, response_format=None, state_schema=None, output_mode="last_message",
    supervisor_name="supervisor", **rest,
):
    return supervise(StateGraph(state_schema or AgentState), agents, model, supervisor_name)


def supervise(graph, agents, model, supervisor_name):
    graph.add_node(supervisor_name, Model(model), destinations=tuple([*names_of(agents), END]))
    graph.add_edge(START, supervisor_name)
    for agent in agents:
        graph.add_node(agent.name, agent)
        graph.add_edge(agent.name, supervisor_name)
    return graph


def create_swarm(agents, *, default_active_agent, state_schema=None, **rest):
    return swarm(StateGraph(state_schema or SwarmState), agents)


def swarm(graph, agents):
    graph.add_conditional_edges(START, SwarmEntry(), names_of(agents))
    for agent in agents:
        graph.add_node(agent.name, agent, destinations=handoffs_of(agent))
    return graph

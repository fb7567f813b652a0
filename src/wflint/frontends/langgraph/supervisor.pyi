# The supervisor of langgraph_supervisor, as Python that is read and never run.
from typing import Annotated, TypedDict
from langgraph.graph import END, START, StateGraph
from langgraph.channels import managed
from langgraph.graph.message import add_messages
from langgraph.wflint import Model, names_of


class AgentState(TypedDict):
    messages: Annotated[list, add_messages]
    remaining_steps: Annotated[int, managed]


def create_supervisor(
    agents, *, model, tools=None, prompt=None, response_format=None, state_schema=None, output_mode="last_message",
    supervisor_name="supervisor", **rest,
):
    return _supervision(StateGraph(state_schema or AgentState), agents, model, supervisor_name)


# The graph comes in as an argument, and no variable here ever holds it: it is called what the caller calls it.
def _supervision(graph, agents, model, supervisor_name):
    graph.add_node(supervisor_name, Model(model), destinations=tuple([*names_of(agents), END]))
    graph.add_edge(START, supervisor_name)
    for agent in agents:
        graph.add_node(agent.name, agent)
        graph.add_edge(agent.name, supervisor_name)
    return graph

# The swarm of langgraph_swarm, as Python that is read and never run.
from typing import Annotated, TypedDict
from langgraph.graph import START, StateGraph
from langgraph.channels import last_value
from langgraph.graph.message import add_messages
from langgraph.wflint import SwarmEntry, handoffs_of, names_of


class SwarmState(TypedDict):
    messages: Annotated[list, add_messages]
    active_agent: Annotated[str, last_value]


def create_swarm(agents, *, default_active_agent, state_schema=None, **rest):
    return _swarm(StateGraph(state_schema or SwarmState), agents)


# The graph comes in as an argument, and no variable here ever holds it: it is called what the caller calls it.
def _swarm(graph, agents):
    graph.add_conditional_edges(START, SwarmEntry(), names_of(agents))
    for agent in agents:
        graph.add_node(agent.name, agent, destinations=handoffs_of(agent))
    return graph

"""A team refuses arguments that it does not take.

autogen-agentchat 0.7.5.
"""

import json

from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.teams import RoundRobinGroupChat


def build(client=None):
    writer = AssistantAgent("writer", model_client=client)
    critic = AssistantAgent("critic", model_client=client)
    return RoundRobinGroupChat([writer, critic], max_turn=4)


class Client:
    model_info = {"function_calling": True, "vision": False, "json_output": False, "family": "unknown"}


if __name__ == "__main__":
    try:
        build(Client())
        refused = ""
    except TypeError as error:
        refused = str(error)
    print(json.dumps({"refused": "unexpected keyword argument 'max_turn'" in refused}))

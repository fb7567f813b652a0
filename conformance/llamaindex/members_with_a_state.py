"""The state of a team is the team's: no agent of it begins with one.

llama-index-workflows 2.26.1.
"""

import json

from llama_index.core.agent.workflow import AgentWorkflow, FunctionAgent
from llama_index.core.llms.mock import MockFunctionCallingLLM


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

def build():
    llm = MockFunctionCallingLLM()
    one = FunctionAgent(name="one", description="first", llm=llm, initial_state={"count": 0})
    two = FunctionAgent(name="two", description="second", llm=llm)
    return AgentWorkflow(agents=[one, two], root_agent="one")


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))

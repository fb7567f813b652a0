"""Of two agents of one name a team has the last one, and nothing is said.

llama-index-workflows 2.26.1.
"""

import json

from llama_index.core.agent.workflow import AgentWorkflow, FunctionAgent
from llama_index.core.llms import MockLLM


def tried(make):
    try:
        make()
        return ""
    except Exception as error:
        return type(error).__name__


def make():
    one = FunctionAgent(name="clerk", description="writes", llm=MockLLM())
    other = FunctionAgent(name="clerk", description="judges", llm=MockLLM())
    return AgentWorkflow(agents=[one, other], root_agent="clerk")


if __name__ == "__main__":
    print(json.dumps({"raised": tried(make)}))

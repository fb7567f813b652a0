"""A team of several agents says which one it begins with.

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
    other = FunctionAgent(name="judge", description="judges", llm=MockLLM())
    return AgentWorkflow(agents=[one, other])


if __name__ == "__main__":
    print(json.dumps({"raised": tried(make)}))

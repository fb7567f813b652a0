"""A team has at least one agent.

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
    return AgentWorkflow(agents=[])


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))

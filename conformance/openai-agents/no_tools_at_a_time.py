"""At least one tool may run at a time.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, RunConfig, Runner, SQLiteSession, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message

set_tracing_disabled(True)


def outcome(do):
    try:
        do()
        return ""
    except Exception as error:
        return type(error).__name__


from agents import ToolExecutionConfig


def build():
    return RunConfig(tool_execution=ToolExecutionConfig(max_function_tool_concurrency=0))


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)}))

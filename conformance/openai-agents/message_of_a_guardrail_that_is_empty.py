"""What stands in the place of an answer that a guardrail rejects is not empty.

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


def build():
    return RunConfig(output_guardrail_blocked_message="")


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)}))

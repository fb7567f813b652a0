"""The output type of an agent is a type, not an object of it.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

from pydantic import BaseModel


class Form(BaseModel):
    title: str = ""


def build():
    return Agent(name="desk", instructions="Look.", output_type=Form())


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))

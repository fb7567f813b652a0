"""A tool whose result is the answer ends its task with it, and where the task has a form that text has to fit it.

crewai 1.15.30.
"""

import json
import os

os.environ["CREWAI_TRACING_ENABLED"] = "false"
from crewai import Agent, BaseLLM, Crew, Task
from crewai.tools import tool
from pydantic import BaseModel

asked = []


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        asked.append(1)
        return 'Thought: I look.\nAction: look\nAction Input: {"word": "tea"}'

    def supports_function_calling(self):
        return False


class Bill(BaseModel):
    amount: int


@tool("look", result_as_answer=True)
def look(word: str) -> str:
    """Look a word up."""
    return word


def outcome(**more):
    clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"), tools=[look])
    task = Task(description="Look.", expected_output="x", agent=clerk, **more)
    try:
        result = Crew(agents=[clerk], tasks=[task]).kickoff()
        return [result.raw, result.pydantic]
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    plain = outcome()
    asked_plain = len(asked)
    print(json.dumps({"plain": plain, "asked": asked_plain, "form": outcome(output_pydantic=Bill)}))

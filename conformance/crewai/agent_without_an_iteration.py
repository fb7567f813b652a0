"""An agent of no iterations never asks its model, and the run fails; one of one iteration asks it twice.

crewai 1.15.30.
"""

import json
import os

os.environ["CREWAI_TRACING_ENABLED"] = "false"
from crewai import Agent, BaseLLM, Crew, Task
from crewai.tools import tool

asked = []
ran = []


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        asked.append(str(messages[-1])[:60])
        return 'Thought: I look.\nAction: look\nAction Input: {"word": "tea%d"}' % len(asked)

    def supports_function_calling(self):
        return False


@tool("look")
def look(word: str) -> str:
    """Look a word up."""
    ran.append(word)
    return word


def outcome(most):
    asked.clear()
    ran.clear()
    clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"), tools=[look], max_iter=most)
    task = Task(description="Look.", expected_output="x", agent=clerk)
    try:
        raw = Crew(agents=[clerk], tasks=[task]).kickoff().raw
    except Exception as error:
        raw = type(error).__name__
    return [len(asked), len(ran), raw]


if __name__ == "__main__":
    print(json.dumps({str(most): outcome(most) for most in (0, 1, 2)}))

"""A crew works in sequence or with a manager: another word is refused.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, BaseLLM, Crew, Task

os.environ["CREWAI_TRACING_ENABLED"] = "false"


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        return "Thought: I know.\nFinal Answer: DONE"


clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))


def outcome(make):
    try:
        make()
        return ""
    except Exception as error:
        return type(error).__name__


draft = Task(description="Write.", expected_output="x", agent=clerk)


def parallel():
    return Crew(agents=[clerk], tasks=[draft], process="parallel")


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(parallel)}))

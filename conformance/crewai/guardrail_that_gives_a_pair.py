"""A guardrail with the annotation that the framework asks for is taken.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, Crew, Process, Task
from crewai.tasks.conditional_task import ConditionalTask

os.environ["OPENAI_API_KEY"] = "none"
cook = Agent(role="Cook", goal="cook", backstory="old", llm="gpt-4o")
chef = Agent(role="Chef", goal="lead", backstory="older", llm="gpt-4o")


def pair(output) -> tuple[bool, str]:
    return True, output.raw


def build():
    first = Task(description="1", expected_output="x", agent=cook, guardrail=pair)
    second = Task(description="2", expected_output="x", agent=cook, async_execution=True, context=[first])
    return Crew(agents=[cook], tasks=[first, second])


def later(output):
    return True


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "" in refused if refused else False}))

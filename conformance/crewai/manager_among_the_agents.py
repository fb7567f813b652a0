"""The manager of a crew is not one of its agents.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, Crew, Process, Task
from crewai.tasks.conditional_task import ConditionalTask

os.environ["OPENAI_API_KEY"] = "none"
cook = Agent(role="Cook", goal="cook", backstory="old", llm="gpt-4o")
chef = Agent(role="Chef", goal="lead", backstory="older", llm="gpt-4o")


def build():
    first = Task(description="1", expected_output="x")
    return Crew(agents=[cook, chef], tasks=[first], process=Process.hierarchical, manager_agent=chef)


def later(output):
    return True


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "should not be included in agents list" in refused if refused else False}))

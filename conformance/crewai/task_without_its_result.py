"""A task is described with what is expected of it.

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
    first = Task(description="1", agent=cook)
    return Crew(agents=[cook], tasks=[first])


def later(output):
    return True


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "Field required" in refused if refused else False}))

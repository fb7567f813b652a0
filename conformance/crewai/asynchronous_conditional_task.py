"""A conditional task cannot be asynchronous.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, Crew, Task
from crewai.tasks.conditional_task import ConditionalTask

os.environ["OPENAI_API_KEY"] = "none"
clerk = Agent(role="Clerk", goal="work", backstory="old", llm="gpt-4o")


def is_long(output):
    return len(output.raw) > 100


def build():
    draft = Task(description="Write the letter.", expected_output="x", agent=clerk)
    polish = ConditionalTask(
        description="Shorten it.", expected_output="x", agent=clerk, condition=is_long, async_execution=True
    )
    return Crew(agents=[clerk], tasks=[draft, polish])


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "cannot be executed asynchronously" in refused}))

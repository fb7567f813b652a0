"""In a crew without a manager, every task has an agent.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, Crew, Task

os.environ["OPENAI_API_KEY"] = "none"
clerk = Agent(role="Clerk", goal="work", backstory="old", llm="gpt-4o")


def build():
    draft = Task(description="Write the letter.", expected_output="x")
    return Crew(agents=[clerk], tasks=[draft])


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "Agent is missing in the task" in refused}))

"""A hierarchical crew has a manager or a model for one.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, Crew, Process, Task

os.environ["OPENAI_API_KEY"] = "none"
clerk = Agent(role="Clerk", goal="work", backstory="old", llm="gpt-4o")


def build():
    draft = Task(description="Write the letter.", expected_output="x", agent=clerk)
    return Crew(agents=[clerk], tasks=[draft], process=Process.hierarchical)


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "`manager_llm` or `manager_agent` is required" in refused}))

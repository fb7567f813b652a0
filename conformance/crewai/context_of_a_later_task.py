"""A task cannot have a later one as its context.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, Crew, Task

os.environ["OPENAI_API_KEY"] = "none"
clerk = Agent(role="Clerk", goal="work", backstory="old", llm="gpt-4o")


def build():
    last = Task(description="Post the letter.", expected_output="x", agent=clerk)
    draft = Task(description="Write the letter.", expected_output="x", agent=clerk, context=[last])
    return Crew(agents=[clerk], tasks=[draft, last])


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "context dependency on a future task" in refused}))

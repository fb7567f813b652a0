"""Agents, tasks and crews ignore arguments that they do not take.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, Crew, Task

os.environ["OPENAI_API_KEY"] = "none"


def build():
    clerk = Agent(role="Clerk", goal="work", backstory="old", llm="gpt-4o", system_message="Be brief.")
    draft = Task(description="Write.", expected_output="x", agent=clerk, output_format="markdown")
    return Crew(agents=[clerk], tasks=[draft], max_execution_time=10)


if __name__ == "__main__":
    crew = build()
    given = ((crew.agents[0], "system_message"), (crew.tasks[0], "output_format"), (crew, "max_execution_time"))
    print(json.dumps({"kept": [name for part, name in given if hasattr(part, name)]}))

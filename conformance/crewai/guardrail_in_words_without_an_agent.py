"""A guardrail in words is judged by the model of the task's own agent, so the task has one.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, Crew, Process, Task

os.environ["OPENAI_API_KEY"] = "none"
clerk = Agent(role="Clerk", goal="work", backstory="old", llm="gpt-4o")


def build():
    draft = Task(description="Write the letter.", expected_output="x", guardrail="It is polite.")
    return Crew(agents=[clerk], tasks=[draft], process=Process.hierarchical, manager_llm="gpt-4o")


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "Agent is required to use LLMGuardrail" in refused}))

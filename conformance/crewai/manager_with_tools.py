"""A manager of a hierarchical crew has no tools of its own; the run refuses one that has.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, BaseLLM, Crew, Process, Task
from crewai.tools import tool

os.environ["CREWAI_TRACING_ENABLED"] = "false"


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        return "Thought: I know.\nFinal Answer: DONE"


@tool("look up")
def look_up(word: str) -> str:
    """Look a word up."""
    return word


model = Scripted(model="scripted")
clerk = Agent(role="Clerk", goal="work", backstory="old", llm=model)
boss = Agent(role="Boss", goal="lead", backstory="older", llm=model, tools=[look_up])
draft = Task(description="Write the letter.", expected_output="x", agent=clerk)
crew = Crew(agents=[clerk], tasks=[draft], process=Process.hierarchical, manager_agent=boss)

if __name__ == "__main__":
    try:
        crew.kickoff()
        refused = ""
    except Exception as error:
        refused = str(error)
    print(json.dumps({"refused": refused}))

"""A conditional task without a condition fails when its turn comes.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, BaseLLM, Crew, Task
from crewai.tasks.conditional_task import ConditionalTask

os.environ["CREWAI_TRACING_ENABLED"] = "false"


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        return "Thought: I know.\nFinal Answer: DONE"


clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))
draft = Task(name="draft", description="Write the letter.", expected_output="x", agent=clerk)
polish = ConditionalTask(name="polish", description="Shorten the letter.", expected_output="x", agent=clerk)
crew = Crew(agents=[clerk], tasks=[draft, polish])

if __name__ == "__main__":
    try:
        crew.kickoff()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": refused}))

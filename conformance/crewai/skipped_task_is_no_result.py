"""A conditional task that is skipped leaves the result of the crew to the one before it.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, BaseLLM, Crew, Task
from crewai.tasks.conditional_task import ConditionalTask

os.environ["CREWAI_TRACING_ENABLED"] = "false"
conditions = []


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        return "Thought: I know.\nFinal Answer: DONE"


def is_long(output):
    conditions.append(output.raw)
    return len(output.raw) > 100


clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))
draft = Task(name="draft", description="Write the letter.", expected_output="x", agent=clerk)
polish = ConditionalTask(
    name="polish", description="Shorten the letter.", expected_output="x", agent=clerk, condition=is_long
)
crew = Crew(agents=[clerk], tasks=[draft, polish])

if __name__ == "__main__":
    result = crew.kickoff()
    print(json.dumps({"result": result.raw, "outputs": len(result.tasks_output), "asked with": conditions}))

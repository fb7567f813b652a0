"""Braces in an agent's words are filled in like those of a task: a run that lacks the input fails.

crewai 1.15.30.
"""

import json
import os

os.environ["CREWAI_TRACING_ENABLED"] = "false"
from crewai import Agent, BaseLLM, Crew, Task

told = []


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        told.append("{trade}" in str(messages))
        return "Thought: I know.\nFinal Answer: many"


clerk = Agent(role="Clerk", goal="know {trade}", backstory="old", llm=Scripted(model="scripted"))
write = Task(description="Write of {topic}.", expected_output="x", agent=clerk)
crew = Crew(agents=[clerk], tasks=[write])

if __name__ == "__main__":
    try:
        crew.kickoff(inputs={"topic": "tea"})
        raised = ""
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised, "told": told}))

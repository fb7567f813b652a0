"""An answer that cannot be brought into the form of its task fails the run.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, BaseLLM, Crew, Task

os.environ["CREWAI_TRACING_ENABLED"] = "false"


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        return "Thought: I know.\nFinal Answer: DONE"


clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))

from crewai.tasks.task_output import TaskOutput

seen = []


class Form(__import__("pydantic").BaseModel):
    amount: int


draft = Task(description="Say the amount.", expected_output="x", agent=clerk, output_pydantic=Form)
crew = Crew(agents=[clerk], tasks=[draft])

if __name__ == "__main__":
    raised, form = "", None
    try:
        form = crew.kickoff().pydantic
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised, "form": form}))

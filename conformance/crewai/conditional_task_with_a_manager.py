"""A task with a condition is skipped in a crew with a manager, too.

crewai 1.15.30.
"""

import json
import os
from concurrent.futures import ThreadPoolExecutor

from crewai import Agent, BaseLLM, Crew, Process, Task
from pydantic import BaseModel

os.environ["OPENAI_API_KEY"] = "none"


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        return "Thought: I know.\nFinal Answer: " + ANSWER


def raised(do):
    with ThreadPoolExecutor() as pool:
        failure = pool.submit(do).exception()
    return type(failure).__name__ if failure else ""


ANSWER = '{"title": "Tea"}'
clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))


class Book(BaseModel):
    title: str


from crewai.tasks.conditional_task import ConditionalTask

chef = Agent(role="Chef", goal="lead", backstory="old", llm=Scripted(model="scripted"), allow_delegation=True)
first = Task(description="1", expected_output="x")
second = ConditionalTask(description="2", expected_output="x", condition=lambda output: False)
crew = Crew(agents=[clerk], tasks=[first, second], process=Process.hierarchical, manager_agent=chef)
if __name__ == "__main__":
    result = crew.kickoff()
    print(json.dumps({"raw": [task.raw for task in result.tasks_output]}))

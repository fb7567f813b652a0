"""A guardrail that is content gives the answer back: with None in its place the run fails.

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


def is_short(output):
    if len(output.raw) > 1000:
        return (False, "too long")
    return (True, None)


find = Task(description="Find a book.", expected_output="a book", agent=clerk, guardrail=is_short)
crew = Crew(agents=[clerk], tasks=[find])
if __name__ == "__main__":
    print(json.dumps({"raised": raised(crew.kickoff)}))

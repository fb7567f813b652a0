"""The result of a crew has no object where the last task has no form: code that reads a field of it fails.

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


find = Task(description="Find a book.", expected_output="a book", agent=clerk, output_pydantic=Book)
praise = Task(description="Praise the book.", expected_output="a text", agent=clerk)
crew = Crew(agents=[clerk], tasks=[find, praise])


def main():
    return crew.kickoff().pydantic.title


if __name__ == "__main__":
    print(json.dumps({"raised": raised(main)}))

"""A key of the result of a crew is a field of the last task's form, be it an object or a dict.

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
crew = Crew(agents=[clerk], tasks=[find])
other = Crew(
    agents=[clerk], tasks=[Task(description="Find a book.", expected_output="a book", agent=clerk, output_json=Book)]
)


def main():
    return [crew.kickoff()["title"], other.kickoff()["title"], other.kickoff().to_dict()["title"]]


if __name__ == "__main__":
    print(json.dumps({"titles": main()}))

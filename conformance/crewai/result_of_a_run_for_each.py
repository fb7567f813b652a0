"""A crew that runs for each input gives a list of results: code that takes it for one result fails.

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


find = Task(description="Find a book on {topic}.", expected_output="a book", agent=clerk)
crew = Crew(agents=[clerk], tasks=[find])


def main():
    result = crew.kickoff_for_each(inputs=[{"topic": "tea"}, {"topic": "rice"}])
    return result.raw


if __name__ == "__main__":
    print(json.dumps({"raised": raised(main)}))

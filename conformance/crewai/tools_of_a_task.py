"""Tools of a task take the place of its agent's: the agent's own are not offered in that task.

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


from crewai.tools import tool

offered = []


class Asked(BaseLLM):
    def call(self, messages, **kwargs):
        text = str(messages)
        offered.append([name for name in ("find_book", "find_page") if name in text])
        return "Thought: I know.\nFinal Answer: none"


@tool("find_book")
def find_book(name: str) -> str:
    """Find a book."""
    return name


@tool("find_page")
def find_page(name: str) -> str:
    """Find a page."""
    return name


reader = Agent(role="Reader", goal="read", backstory="old", llm=Asked(model="scripted"), tools=[find_book])
find = Task(description="Find.", expected_output="x", agent=reader, tools=[find_page])
crew = Crew(agents=[reader], tasks=[find])
if __name__ == "__main__":
    crew.kickoff()
    print(json.dumps({"offered": offered}))

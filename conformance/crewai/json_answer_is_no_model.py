"""A task with output_json has a dict for its answer, and no object of the model.

crewai 1.15.30.
"""

import json
from concurrent.futures import ThreadPoolExecutor

from crewai import Agent, BaseLLM, Crew, Process, Task

prompts = []


class Scripted(BaseLLM):
    answer: str = "done"

    def call(self, messages, **kwargs):
        prompts.append(str(messages))
        return f"Thought: I know.\nFinal Answer: {self.answer}"


def clerk(role="clerk", answer="done"):
    return Agent(role=role, goal="work", backstory="old", llm=Scripted(model="scripted", answer=answer))


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None


from pydantic import BaseModel


class Sum(BaseModel):
    total: int


one = clerk(answer='{"total": 3}')
crew = Crew(
    agents=[one],
    tasks=[Task(description="Count.", expected_output="A sum as JSON.", agent=one, output_json=Sum)],
)


def total():
    return crew.kickoff().pydantic.total


if __name__ == "__main__":
    print(json.dumps({"raised": type(ThreadPoolExecutor().submit(total).exception()).__name__, "dict": crew.kickoff().json_dict}))

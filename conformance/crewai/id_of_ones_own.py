"""The id of a task is not for code to set.

crewai 1.15.30.
"""

import json

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

import uuid


def build():
    task = Task(id=uuid.uuid4(), description="Write.", expected_output="x", agent=clerk())
    return Crew(agents=[task.agent], tasks=[task])


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))

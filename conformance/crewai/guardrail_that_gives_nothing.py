"""A guardrail that returns nothing fails the run.

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


one = clerk()


def check(output):
    if "x" in output.raw:
        return False, "no x"


crew = Crew(
    agents=[one],
    tasks=[Task(description="Count.", expected_output="x", agent=one, guardrail=check)],
)

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(crew.kickoff)[0], "asked": len(prompts)}))

"""A task whose model fails is tried twice more, and then the run fails.

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

class Broken(BaseLLM):
    def call(self, messages, **kwargs):
        prompts.append("asked")
        raise ValueError("no")


one = Agent(role="clerk", goal="work", backstory="old", llm=Broken(model="broken"))
task = Task(description="Write.", expected_output="x", agent=one)
crew = Crew(agents=[one], tasks=[task])
if __name__ == "__main__":
    print(json.dumps({"raised": outcome(crew.kickoff)[0], "asked": len(prompts)}))

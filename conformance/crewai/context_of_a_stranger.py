"""A task whose context is a task that the crew does not do is told nothing of it.

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
other = Task(description="Count.", expected_output="x", agent=one)
last = Task(description="Write.", expected_output="x", agent=one, context=[other])
crew = Crew(agents=[one], tasks=[last])
if __name__ == "__main__":
    raised = outcome(crew.kickoff)[0]
    print(json.dumps({"raised": raised, "asked": len(prompts)}))

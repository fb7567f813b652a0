"""A conditional task that is skipped has an empty answer, which later tasks are told.

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


from crewai.tasks.conditional_task import ConditionalTask

one = clerk()
first = Task(description="Count.", expected_output="x", agent=one)
maybe = ConditionalTask(description="Check.", expected_output="x", agent=one, condition=lambda output: False)
last = Task(description="Write.", expected_output="x", agent=one, context=[maybe])
crew = Crew(agents=[one], tasks=[first, maybe, last])

if __name__ == "__main__":
    e, result = outcome(crew.kickoff)
    print(json.dumps({"raised": e, "asked": len(prompts), "raw": [each.raw for each in result.tasks_output]}))

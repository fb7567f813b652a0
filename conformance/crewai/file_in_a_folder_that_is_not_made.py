"""An output file in a folder that is not there is made with it, unless the task says not to make folders.

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


def crew(**more):
    task = Task(description="Count.", expected_output="x", agent=one, output_file="out/result.txt", **more)
    return Crew(agents=[one], tasks=[task])


if __name__ == "__main__":
    print(json.dumps({"without": outcome(crew(create_directory=False).kickoff)[0], "with": outcome(crew().kickoff)[0]}))

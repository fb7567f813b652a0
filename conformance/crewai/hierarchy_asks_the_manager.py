"""In a hierarchical crew every task is the manager's, whatever agent it names.

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

boss = clerk("boss", "from the boss")
boss.allow_delegation = True
one = clerk("writer", "from the writer")
task = Task(description="Write.", expected_output="x", agent=one)
crew = Crew(agents=[one], tasks=[task], process=Process.hierarchical, manager_agent=boss)
if __name__ == "__main__":
    print(json.dumps({"result": crew.kickoff().raw}))

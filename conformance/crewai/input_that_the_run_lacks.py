"""A run without inputs leaves braces as they are; one that has some refuses those that are missing.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, BaseLLM, Crew, Task

os.environ["CREWAI_TRACING_ENABLED"] = "false"
prompts = []


class Scripted(BaseLLM):
    def call(self, messages, **kwargs):
        prompts.append(str(messages))
        return "Thought: I know.\nFinal Answer: DONE"


clerk = Agent(role="Clerk", goal="work", backstory="old", llm=Scripted(model="scripted"))


letter = Task(description="About {topic} for {reader}.", expected_output="x", agent=clerk)
crew = Crew(agents=[clerk], tasks=[letter])

if __name__ == "__main__":
    crew.kickoff()
    shown = "About {topic} for {reader}." in prompts[0]
    try:
        crew.kickoff(inputs={"topic": "tea"})
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"shown": shown, "refused": "'reader' not found" in refused}))

"""A task's output file cannot be in a folder above.

crewai 1.15.30.
"""

import json
import os

from crewai import Agent, Crew, Task

os.environ["OPENAI_API_KEY"] = "none"
clerk = Agent(role="Clerk", goal="work", backstory="old", llm="gpt-4o")


def build():
    draft = Task(description="Write.", expected_output="x", agent=clerk, output_file="../out/letter.md")
    return Crew(agents=[clerk], tasks=[draft])


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "Path traversal attempts are not allowed" in refused}))

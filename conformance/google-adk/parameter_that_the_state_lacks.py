"""With a class of the state, a function's parameters are among its fields.

google-adk 2.13.0.
"""

import json

from google.adk.sessions.state import StateSchemaError
from google.adk.workflow import Workflow
from pydantic import BaseModel
ran = []


def begin(node_input):
    ran.append("begin")
    return "go"


def left(node_input):
    ran.append("left")
    return "L"


def right(node_input):
    ran.append("right")
    return "R"


def last(node_input):
    ran.append("last")
    return "end"


class Letter(BaseModel):
    topic: str = ""


def write(topic: str, tone: str):
    return f"{tone} {topic}"


def build():
    try:
        return Workflow(name="w", state_schema=Letter, edges=[("START", begin, write)])
    except StateSchemaError as error:
        raise ValueError(str(error)) from error


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "is not declared in state_schema" in refused}))

from crewai import agents_of, tasks_of
from pydantic import BaseModel


class FlowState(BaseModel):
    id: str = ""


@property
def _tasks(self):
    return tasks_of(self)


@property
def _agents(self):
    return agents_of(self)

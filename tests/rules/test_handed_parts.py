"""Parts of what a step is handed beside the state, through sources: WF109 and WF101, and silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

GRAPH = """
    from __future__ import annotations

    from dataclasses import dataclass

    from pydantic import BaseModel
    from pydantic_graph import BaseNode, End, Graph, GraphRunContext


    class Animal(BaseModel):
        kind: str
        weight: float


    @dataclass
    class Tools:
        scale: str


    @dataclass
    class Admit(BaseNode[None, Tools, str]):
        kind: str

        async def run(self, ctx: GraphRunContext[None, Tools]) -> Treat:
            return Treat([Animal(kind=self.kind, weight=2.5)], room="blue")


    @dataclass
    class Treat(BaseNode[None, Tools, str]):
        animals: list[Animal]
        room: str = "green"

        def label(self) -> str:
            return self.room.upper()

        async def run(self, ctx: GraphRunContext[None, Tools]) -> End[str]:
            {before}return End({used})


    graph = Graph(nodes=[Admit, Treat])
"""


def _graph(used: str, before: str = "") -> str:
    return GRAPH.replace("{used}", used).replace("{before}", before)


EVENTS = """
    from pydantic import BaseModel
    from workflows import Workflow, step
    from workflows.events import Event, StartEvent, StopEvent


    class Seat(BaseModel):
        row: int


    class Booked(Event):
        seats: list[Seat]
        price: float


    class Full(Event):
        waiting: int
        price: float


    class Theatre(Workflow):
        @step
        async def book(self, ev: StartEvent) -> Booked | Full:
            if ev.play == "Hamlet":
                return Full(waiting=3, price=0.0, advice="come early")
            return Booked(seats=[Seat(row=1)], price=9.5)

        @step
        async def tell(self, ev: Booked | Full) -> StopEvent:
            {tell}


    async def main():
        await Theatre(timeout=9).run({run})
"""


def _events(tell: str, run: str = 'play="Hamlet"') -> str:
    return EVENTS.replace("{tell}", tell.replace("\n", "\n            ")).replace("{run}", run)


FLOW = """
    from crewai import Agent, Crew, Task
    from crewai.flow.flow import Flow, listen, start
    from pydantic import BaseModel


    class Verdict(BaseModel):
        points: int

        @property
        def good(self) -> bool:
            return self.points > 5


    juror = Agent(role="Juror", goal="Judge", backstory="Fair.")
    judge = Task(description="Judge {cake}.", expected_output="Points.", agent=juror, output_pydantic=Verdict)
    jury = Crew(agents=[juror], tasks=[judge])


    class Contest(Flow):
        @start()
        def enter(self):
            self.state["cake"] = {"baker": "Ida", "layers": 3}

        {between}

        @listen({after})
        def announce(self):
            cake = self.state["cake"]
            verdict = jury.kickoff(inputs={"cake": "poppy"})
            return {said}


    Contest().kickoff()
"""


def _flow(said: str, between: str = "", after: str = "enter") -> str:
    text = FLOW.replace("{said}", said).replace("{after}", after)
    return text.replace("{between}", between.replace("\n", "\n        "))


MORE = '@listen(enter)\ndef weigh(self):\n    self.state["cake"]["grams"] = 900'

NODES = """
    from google.adk.workflow import START, Workflow, node
    from pydantic import BaseModel


    class Room(BaseModel):
        width: int
        colour: str = "white"


    def painted(room: dict) -> dict:
        room["colour"] = "red"
        return room


    @node
    def measure(node_input: str) -> dict:
        if node_input:
            return {"room": {"width": 3, "length": 4}}
        return {given}


    @node
    def tell({taken}) -> str:
        return f"{{used}}"{mark}


    flow = Workflow(name="rooms", edges=[(START, measure, tell)])
"""
SAME = '{"room": {"width": 5, "length": 4}}'


def _nodes(used: str, mark: str = "", given: str = SAME, taken: str = "node_input: dict") -> str:
    whole = NODES.replace("{used}", used).replace("{mark}", mark)
    return whole.replace("{given}", given).replace("{taken}", taken)


KINDS = """
    from google.adk import Agent
    from google.adk.workflow import START, Workflow, node
    from pydantic import BaseModel


    class Room(BaseModel):
        width: int


    guide = Agent(name="guide", model="gemini-2.5-flash", instruction="Describe the room.")
    clerk = Agent(name="clerk", model="gemini-2.5-flash", instruction="Measure it.", output_schema=Room)


    @node
    def measure(node_input: str):
        return {"width": 3}


    @node
    def find(node_input: str):
        return Room(width=3)


    @node
    def look(node_input: str):
        return {"width": 3} if node_input else "nothing"


    @node
    def tell(
        node_input: {taken},{mark}
    ) -> str:
        return "done"


    flow = Workflow(name="rooms", edges=[(START, {first}, tell)])
"""


def _kinds(first: str, taken: str, mark: str = "") -> str:
    return KINDS.replace("{first}", first).replace("{taken}", taken).replace("{mark}", mark)


CASES = [
    pytest.param(_graph("self.rooms  # <- WF109"), id="a field that a node does not have"),
    pytest.param(_graph("self.room + self.label() + self.get_node_id()"), id="fields, methods and those of the base"),
    pytest.param(_graph("self.mood", 'self.mood = "calm"\n            '), id="an attribute that the code sets"),
    pytest.param(_graph('getattr(self, "mood", "calm")'), id="an attribute that may be missing"),
    pytest.param(
        _graph("self.room", 'if hasattr(self, "mood"):\n                return End(self.mood)\n            '),
        id="an attribute that is asked for first",
    ),
    pytest.param(_graph("str([a.mass for a in self.animals])  # <- WF109"), id="a part of what a field holds"),
    pytest.param(_graph("str([a.weight for a in self.animals])"), id="the part that it has"),
    pytest.param(_graph("ctx.deps.thermometer  # <- WF109"), id="a dependency that is not there"),
    pytest.param(_graph("ctx.deps.scale"), id="a dependency that is there"),
    pytest.param(_events("return StopEvent(result=ev.waiting)  # <- WF109"), id="a field of the other event"),
    pytest.param(_events("return StopEvent(result=ev.price)"), id="a field of both events"),
    pytest.param(_events("return StopEvent(result=ev.advice)  # <- WF109"), id="a field that one is made with beside"),
    pytest.param(
        _events("if isinstance(ev, Full):\n    return StopEvent(result=ev.waiting)\nreturn StopEvent(result=ev.seats)"),
        id="events told apart by their classes",
    ),
    pytest.param(
        _events(
            "match ev:\n    case Full(waiting=left):\n        return StopEvent(result=left)\n    case Booked():\n"
            "        return StopEvent(result=ev.seats)\nreturn StopEvent()"
        ),
        id="events told apart by patterns",
    ),
    pytest.param(
        _events(
            "if isinstance(ev, Full):\n    return StopEvent()\n"
            "return StopEvent(result=[seat.column for seat in ev.seats])  # <- WF109"
        ),
        id="a part of a model in an event",
    ),
    pytest.param(
        _events("return StopEvent(result=ev.price)", 'title="Hamlet"').replace(
            'if ev.play == "Hamlet":', 'if ev.play == "Hamlet":  # <- WF101'
        ),
        id="a start event without the field that the first step reads",
    ),
    pytest.param(_events("return StopEvent(result=ev.price)", "**given()"), id="a start event made of who knows what"),
    pytest.param(_flow('cake["cook"]  # <- WF109'), id="a key of a dict in the state that nobody wrote"),
    pytest.param(
        _flow('f"{cake["baker"]} {cake.get("cook")}"'.replace('["baker"]', "['baker']")), id="one that is there"
    ),
    pytest.param(_flow('cake["grams"]', MORE, "weigh"), id="a key that another method adds"),
    pytest.param(_flow("verdict.pydantic.score  # <- WF109"), id="an attribute that the object of a crew lacks"),
    pytest.param(
        _nodes("node_input['room']['height']", "  # <- WF109").replace(
            """        if node_input:
            return {"room": {"width": 3, "length": 4}}
""",
            "",
        ),
        id="a key within what the node before returns",
    ),
    pytest.param(_nodes("node_input['room']['length']"), id="one that is there, however the node ends"),
    pytest.param(
        _nodes("node_input['room']['height']", given="painted({})"), id="nodes that return now this, now that"
    ),
    pytest.param(_nodes("node_input['room'].get('height')"), id="a key that is only asked for"),
    pytest.param(_nodes("node_input.colour", taken="node_input: Room"), id="a dict that becomes a model by itself"),
    pytest.param(_kinds("guide", "dict", "  # <- WF304"), id="words for a dict"),
    pytest.param(_kinds("guide", "Room", "  # <- WF304"), id="words for a model"),
    pytest.param(_kinds("measure", "str", "  # <- WF304"), id="a dict for a text"),
    pytest.param(_kinds("find", "list[Room]", "  # <- WF304"), id="a model for a list"),
    pytest.param(_kinds("guide", "str"), id="words for a text"),
    pytest.param(_kinds("clerk", "Room"), id="an answer in a form"),
    pytest.param(_kinds("clerk", "dict[str, int]"), id="an answer in a form, as a dict"),
    pytest.param(_kinds("find", "Room"), id="a model for a model"),
    pytest.param(_kinds("measure", "dict | str"), id="one of two kinds is taken"),
    pytest.param(_kinds("look", "str"), id="one of two kinds is handed on"),
    pytest.param(_flow("verdict.pydantic.good"), id="a property of the object of a crew"),
]


@pytest.mark.parametrize("source", CASES)
def test_exactly_what_is_marked(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)

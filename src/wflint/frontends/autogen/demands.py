"""What AutoGen asks of the arguments of its parts (autogen-agentchat 0.7)."""

from __future__ import annotations

from wflint.assembly.demands import Demand, Demands, Filled, Listed, NoObjects, NoTexts, Template
from wflint.assembly.own_classes import Inherited
from wflint.assembly.results import MODEL, Results, Streamed, Waited, Whole
from wflint.frontends.autogen.table import AGENTS, ASSISTANT, CUSTOM, MAGENTIC, RUNNING, SELECTOR, TEAMS

SUMMARY = ("tool_name", "arguments", "result", "is_error")
TASK: tuple[Demand, ...] = (
    NoTexts(name="task", says="a list of them holds messages, not texts"),
    Filled(name="task", texts=False),
)
DEMANDS: Demands = {
    **{f"{one}.{method}": TASK for one in (*TEAMS, *AGENTS) for method in RUNNING},
    ASSISTANT: (
        Listed(name="memory"),
        NoObjects(name="handoffs", paths=AGENTS, says="it holds names, or `Handoff(target=...)`, and no agents"),
        NoTexts(name="tools", says="it holds functions and tools, and no names of them"),
        Template(name="tool_call_summary_format", names=SUMMARY),
    ),
    SELECTOR: (Template(name="selector_prompt", names=("roles", "participants", "history")),),
    MAGENTIC: (NoObjects(name="participants", position=0, paths=TEAMS, says="only agents take part"),),
}
ENDED = frozenset({"messages", "stop_reason"})
READ = "read it in an `async for`"
RUN = (Waited(), Whole(name="`TaskResult`", parts=ENDED | MODEL, instead="read its last message, `messages[-1]`"))
RESULTS: Results = {
    **{f"{one}.run": RUN for one in (*TEAMS, *AGENTS)},
    **{f"{one}.run_stream": (Streamed(instead=READ),) for one in (*TEAMS, *AGENTS)},
    **{f"{agent}.on_messages": (Waited(),) for agent in AGENTS},
}
"""What runs give back."""
INHERITED = (
    Inherited(
        base=(CUSTOM,),
        kind="agent",
        prepares="name",
        call="super().__init__(name, description)",
        methods=("on_messages", "on_reset", "produced_message_types"),
        giving={"on_messages": "a `Response`"},
        otherwise="it is abstract there, so no object can be made",
    ),
)

"""A filter of a hand-off decides what the next agent is shown: here it is told nothing of what was said before.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, ModelSettings, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

set_tracing_disabled(True)


def outcome(do):
    try:
        return "", asyncio.run(do)
    except Exception as error:
        return type(error).__name__, None


from agents import handoff

seen = []


class Noting(ScriptedModel):
    async def get_response(self, *args, **named):
        seen.append(json.dumps(named.get("input", args[1] if len(args) > 1 else None), default=str))
        return await super().get_response(*args, **named)


def forget(data):
    return data.clone(input_history="Begin anew.", pre_handoff_items=(), new_items=())


other = Agent(name="other", model=Noting([[assistant_message("done")]]))
desk = Agent(
    name="desk",
    handoffs=[handoff(other, input_filter=forget)],
    model=ScriptedModel([[function_call("transfer_to_other", {}, call_id="1")]]),
)

if __name__ == "__main__":
    e, result = outcome(Runner.run(desk, "My number is 7."))
    print(json.dumps({"raised": e, "told": "7" in seen[0]}))

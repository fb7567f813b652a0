#!/usr/bin/env bash
# A LangChain middleware hook that returns `jump_to` goes nowhere unless its decorator lists the target.
# Most expect: `return {"jump_to": "end"}` ends the agent before the model is asked, or is refused.
# What happens: without `can_jump_to=["end"]` the jump is dropped in silence and the model is asked: a guard written so
# guards nothing. wflint says so: WF407.
# Seen with langchain 1.5.2, langgraph 1.2.24, Python 3.11, 2026-11-29.
# Usage: ./langchain-hook-that-may-not-jump.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "langchain==1.5.2" "langgraph==1.2.24"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
"$PYTHON" - <<'PY'
from langchain.agents import create_agent
from langchain.agents.middleware import before_model
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage


class Scripted(GenericFakeChatModel):
    def bind_tools(self, tools, **kwargs):
        return self



@before_model
def stop(state, runtime):
    return {"jump_to": "end"}


@before_model(can_jump_to=["end"])
def halt(state, runtime):
    return {"jump_to": "end"}


def last(hook):
    agent = create_agent(Scripted(messages=iter([AIMessage("asked")])), tools=[], middleware=[hook])
    return agent.invoke({"messages": [("user", "hello")]})["messages"][-1].content


assert last(stop) == "asked", last(stop)
assert last(halt) == "hello", last(halt)
print("without can_jump_to: the model answers", repr(last(stop)))
print("with can_jump_to: the last message is still", repr(last(halt)))
PY

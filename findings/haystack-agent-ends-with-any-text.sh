#!/usr/bin/env bash
# A Haystack agent whose only exit condition is a tool ends with the first text that calls none.
# Most expect: with `exit_conditions=["send"]`, which leaves "text" out, the agent goes on until the tool was called.
# What happens: a message without a tool call ends it whatever the conditions say ("I will send it now."), and its
# `exit_reason` is "text".
# Seen with haystack-ai 3.4.1, Python 3.11, 2026-11-29.
# Usage: ./haystack-agent-ends-with-any-text.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "haystack-ai==3.4.1"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
"$PYTHON" - <<'PY'
from haystack import component
from haystack.components.agents import Agent
from haystack.dataclasses import ChatMessage, ToolCall
from haystack.tools import tool

sent = []


@component
class Scripted:
    def __init__(self, *answers: ChatMessage):
        self.answers = list(answers)

    @component.output_types(replies=list[ChatMessage])
    def run(self, messages: list[ChatMessage], tools=None, streaming_callback=None, generation_kwargs=None):
        return {"replies": [self.answers.pop(0)]}


@tool
def send(text: str) -> str:
    """Sends the letter."""
    sent.append(text)
    return "sent"


talk = ChatMessage.from_assistant("I will send it now.")
call = ChatMessage.from_assistant(tool_calls=[ToolCall("send", {"text": "x"}, "1")])
clerk = Agent(chat_generator=Scripted(talk, call), tools=[send], exit_conditions=["send"])
result = clerk.run([ChatMessage.from_user("send it")])
assert (result["exit_reason"], sent) == ("text", []), result
print("last:", result["last_message"].text, "| exit reason:", result["exit_reason"], "| sent:", sent)
PY

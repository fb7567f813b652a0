#!/usr/bin/env bash
# LlamaIndex: of two agents of one name, an AgentWorkflow keeps the last one and says nothing.
#
# What most expect: two agents of a team have different names, or the team is refused, as other things are when it is
# made: a missing root agent ("Exactly one root agent must be provided"), a root agent that is not in the list.
#
# What happens: the agents are kept by name, so the later one takes the place of the earlier one. Agents have a default
# name, "Agent": a team of several agents without names has one.
#
# llama-index-core 0.14.25 and llama-index-workflows 2.26.1, 2026-11-29; 0.13.6 does the same.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check llama-index-core==0.14.25 llama-index-workflows==2.26.1
cat > "$folder/program.py" <<'PROGRAM'
from llama_index.core.agent.workflow import AgentWorkflow, FunctionAgent
from llama_index.core.llms import MockLLM


def team(first: str, second: str):
    agents = [
        FunctionAgent(name=first, description="writes", system_prompt="Write.", llm=MockLLM()),
        FunctionAgent(name=second, description="checks", system_prompt="Check.", llm=MockLLM()),
    ]
    return [agent.system_prompt for agent in AgentWorkflow(agents=agents, root_agent=first).agents.values()]


print("two names:", team("writer", "checker"))
print("one name:", team("clerk", "clerk"))
PROGRAM
seen=$("$folder/venv/bin/python" "$folder/program.py" 2> /dev/null)
echo "$seen"
echo
expected=$'two names: [\'Write.\', \'Check.\']\none name: [\'Check.\']'
if [ "$seen" = "$expected" ]; then
    echo "Behaviour seen: the agent that writes is gone, and nothing was raised."
else
    echo "The behaviour has changed."
    exit 1
fi

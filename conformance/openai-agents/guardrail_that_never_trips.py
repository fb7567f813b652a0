"""A guardrail that asks a model and never trips lets everything through.

openai-agents 0.24.0.
"""

import asyncio
import json

from agents import Agent, GuardrailFunctionOutput, Runner, input_guardrail, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message

set_tracing_disabled(True)
checker = Agent(name="checker", instructions="An exam?", model=ScriptedModel([[assistant_message("yes, an exam")]]))


@input_guardrail
async def no_exams(context, agent, question):
    asked = await Runner.run(checker, question)
    return GuardrailFunctionOutput(asked, tripwire_triggered=False)


tutor = Agent(
    name="tutor",
    instructions="Explain.",
    input_guardrails=[no_exams],
    model=ScriptedModel([[assistant_message("solved")]]),
)


async def main():
    return (await Runner.run(tutor, "the exam")).final_output


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main())}))

"""What a run passes to a component starts it once only: in later rounds it needs what is sent to it.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component

ran = []


@component
class Work:
    @component.output_types(text=str, done=str)
    def run(self, text: str, back: str = ""):
        ran.append(back)
        return {"text": text + "x"} if len(ran) < 3 else {"done": text + back}


@component
class Check:
    @component.output_types(back=str)
    def run(self, text: str):
        return {"back": text}


pipeline = Pipeline(max_runs_per_component=9)
pipeline.add_component("work", Work())
pipeline.add_component("check", Check())
pipeline.connect("work.text", "check.text")
pipeline.connect("check.back", "work.back")
if __name__ == "__main__":
    print(json.dumps({"result": pipeline.run({"work": {"text": "a"}}), "ran": ran}))

"""A variable that a prompt requires and has no place for fails each run.

haystack-ai 3.4.1.
"""

import json

from haystack import Document, Pipeline, component


def outcome(do):
    try:
        do()
        return ""
    except Exception as error:
        return type(error).__name__


from haystack.components.builders import PromptBuilder

pipe = Pipeline()
pipe.add_component("prompt", PromptBuilder("About {{ topic }}", required_variables=["topic", "style"]))

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: pipe.run({"prompt": {"topic": "tea"}}))}))

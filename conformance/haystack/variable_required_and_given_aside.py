"""A variable that a prompt has no place for may be given with those of its template.

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
    given = {"topic": "tea", "template_variables": {"style": "prose"}}
    print(json.dumps({"raised": outcome(lambda: pipe.run({"prompt": given}))}))

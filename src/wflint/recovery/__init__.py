"""From a repository's files to its workflows: read, link, evaluate, fold, unit by unit.

Only files that import a framework are read at first, then what they import as far as it is used, then the files that
import a workflow and may run it, or that ask models by themselves, and documents that a framework runs as they are.
Files of these that reach each other by imports are a unit. Each unit is evaluated by itself and stored with the digests
of all that it has read; an edit has only those units evaluated again that have looked into what it changed.
"""

from wflint.recovery.front_ends import FrontEnds
from wflint.recovery.recovered import Recovery
from wflint.recovery.recovering import recover

__all__ = ["FrontEnds", "Recovery", "recover"]

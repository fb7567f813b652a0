"""Which offer is probably what a need asks for, and which steps probably do the same work.

`matcher.Matcher` judges pairs, `clusters.clusters` the steps of a whole program. Both speak of plain texts
(`subjects`); nothing here knows a workflow.
"""

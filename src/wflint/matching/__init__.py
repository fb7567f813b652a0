"""Which offer is probably what a need asks for, and which steps probably do the same work.

`matcher.Matcher` judges pairs, `alignment.align` all offers against all needs of an edge, `clusters.clusters` the steps
of a whole program. All of them speak of plain texts (`subjects`); nothing here knows a workflow.
"""

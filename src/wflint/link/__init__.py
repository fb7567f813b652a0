"""Many repositories: each is boiled down to a summary, and what holds between them is told from summaries alone.

    repository --summarize--> summary file --read, pack--> columns --pair, judge--> clusters, copies, gaps --> report

`docs/link.md` says what a summary holds and what the link makes of it.
"""

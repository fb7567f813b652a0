"""The health report: one tree of records, which JSON, Markdown and HTML show."""

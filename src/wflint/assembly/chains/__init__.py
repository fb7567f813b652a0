"""Agents that plain code runs one after the other, as workflows."""

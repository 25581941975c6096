"""Closing months, looking at what changed them, and what people decide about it."""

"""Held against records and against print: what an article says, and the verdict."""

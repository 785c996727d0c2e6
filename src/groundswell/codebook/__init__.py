"""Codebooks: what people declare about codes, and how texts are matched against it."""

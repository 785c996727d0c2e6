"""Rows that tell of no happening, as what they are: votes, ideal points, mentions."""

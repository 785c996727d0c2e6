"""Articles to claims: regions, sentences, quantities, and the scope that words give."""

from groundswell.reading.bases import BaseRange, is_possible_share, possible_bases
from groundswell.reading.claims_file import apply_claims, draft_claims
from groundswell.reading.read import read_article

__all__ = [
    "BaseRange",
    "apply_claims",
    "draft_claims",
    "is_possible_share",
    "possible_bases",
    "read_article",
]

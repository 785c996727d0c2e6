"""Quantities: from coded reports to estimates, each with its ledger."""

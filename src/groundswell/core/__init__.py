"""Result types, table contracts, ledger, receipt, errors: what all parts share."""

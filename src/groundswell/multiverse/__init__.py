"""Every specification of a quantity: the range that comes before any interval."""

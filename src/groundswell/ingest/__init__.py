"""From a source's file to records and reports, every row and column accounted for."""

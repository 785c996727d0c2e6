"""Words to values: numbers, crowd sizes, dates, countries and their parts."""

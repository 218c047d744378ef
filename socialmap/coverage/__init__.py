"""Who reaches whom: need, reach, verdicts and gaps, as pure functions on plain data."""

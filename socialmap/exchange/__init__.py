"""Move a social map in and out: the exchange format, the embedded data, and other formats."""

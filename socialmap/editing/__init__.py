"""Every change to the map: check, version, history, and the indexes that follow."""

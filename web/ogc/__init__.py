"""OGC API - Features: the map as geographic programs read it, at level `openbaar`."""

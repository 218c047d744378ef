"""Who knows whom: a graph of actors and ties, and the figures that are made of it."""

"""Boundaries, distance and places: degrees in, metres measured, degrees out."""

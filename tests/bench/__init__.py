"""Benchmarks: sizes and times against a limit or a reference, measured in one run."""

"""Measurements of the real bot on this machine, and their figures."""

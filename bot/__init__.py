"""The running process: command line, settings, wiring and the loops."""

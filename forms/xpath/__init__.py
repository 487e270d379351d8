"""Expressions of XLSForm: parsed by elementpath, run as closures with ODK's meaning of values."""

"""Rows and the queries on them."""

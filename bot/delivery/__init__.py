"""Sending what is saved: replies, mail, outcomes."""

"""Uses and rules of participation."""

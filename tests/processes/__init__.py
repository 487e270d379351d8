"""``musharaka`` as processes of their own, for tests that look at it from outside."""

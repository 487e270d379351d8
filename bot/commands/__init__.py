"""The commands of ``musharaka``, by noun. What is heavy is imported by the one that needs it."""

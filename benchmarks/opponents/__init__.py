"""The bots that ours is measured against: each as the documentation of its library has it."""

"""What nobody may find out: who answered what, and what people wrote or are called."""

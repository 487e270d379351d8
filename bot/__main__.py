"""``python -m bot`` is ``musharaka``."""

from bot.cli import main

main()

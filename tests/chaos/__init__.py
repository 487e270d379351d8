"""The bot is killed again and again while people answer, and what came of it is counted."""

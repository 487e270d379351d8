"""What a person can do in a chat, without Telegram and without loops."""

"""What people see, without a word of Telegram."""

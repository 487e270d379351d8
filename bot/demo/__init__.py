"""A played day on a simulated Telegram; nothing here is used by the running bot."""

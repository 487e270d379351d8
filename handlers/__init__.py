"""What a person can do in a chat, one module per noun."""

"""The demo as a person starts it: processes, the terminal, and what the page may ask."""

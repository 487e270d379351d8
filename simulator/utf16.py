"""Telegram counts text in UTF-16 code units."""


def units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(units(text)) // 2

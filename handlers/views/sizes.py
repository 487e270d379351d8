"""How large a file is, in words: people pay for what they fetch."""

from babel.numbers import format_decimal

from handlers.language import _, isolate, language_now

_KILO = 1000


def file_size(count: int) -> str:
    """A number of bytes as ``1.2 MB`` or ``80 KB``; isolated."""
    locale = f"{language_now()}_MA"
    if count < _KILO * _KILO:
        number = format_decimal(max(1, round(count / _KILO)), locale=locale)
        return isolate(_("{number} KB").format(number=number))
    number = format_decimal(round(count / _KILO / _KILO, 1), locale=locale)
    return isolate(_("{number} MB").format(number=number))

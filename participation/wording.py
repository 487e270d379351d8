"""What staff type in two languages at once, told apart by its letters."""

from unicodedata import bidirectional

from forms import typed
from participation.errors import ParticipationError

ARABIC, FRENCH = "ar", "fr"


class TextTooLong(ParticipationError):
    """More characters than ``longest`` in one language."""

    def __init__(self, longest: int, length: int) -> None:
        super().__init__()
        self.longest = longest
        self.length = length


class WordsTooLong(ParticipationError):
    """More characters than can be kept; nothing is kept of them."""

    def __init__(self, count: int, longest: int) -> None:
        super().__init__()
        self.count = count
        self.longest = longest


class InTheOtherLanguage(ParticipationError):
    """Every letter belongs to another language than the one that is asked for."""


class TooManyLines(ParticipationError):
    """More lines than ``most`` in one language."""

    def __init__(self, most: int, count: int) -> None:
        super().__init__()
        self.most = most
        self.count = count


class NothingToRead(ParticipationError):
    """The words hold nothing that can be seen."""


class NotInWords(NothingToRead):
    """A number or a day was typed where a reason is asked for."""


def by_language(words: str) -> dict[str, str]:
    """The lines of each language, in order: Arabic letters or others, whichever are more.

    A line without letters (a telephone number) goes with the line before it; words without any
    letter serve both languages.
    """
    plain = typed.without_controls(words).strip()
    if not typed.says_something(plain):
        raise NothingToRead
    lines = plain.split("\n")
    spoken = [language_of(line) for line in lines]
    present = next((one for one in spoken if one is not None), None)
    if present is None:
        return {ARABIC: plain, FRENCH: plain}
    parts: dict[str, list[str]] = {}
    for line, language in zip(lines, spoken, strict=True):
        present = language or present
        parts.setdefault(present, []).append(line.rstrip())
    return {language: "\n".join(part).strip() for language, part in parts.items()}


def in_one_line(text: str) -> str:
    """The text with single spaces."""
    return " ".join(text.split())


def reason_in(words: str, longest: int) -> str:
    """A reason as somebody typed it; raises NothingToRead, NotInWords, TextTooLong."""
    plain = typed.without_controls(words).strip()
    if not typed.says_something(plain):
        raise NothingToRead
    if not any(map(str.isalpha, plain)):
        raise NotInWords
    return ensure_length(plain, longest)


def ensure_length(text: str, longest: int) -> str:
    """The text; raises TextTooLong."""
    if len(text) > longest:
        raise TextTooLong(longest, len(text))
    return text


def ensure_lines(text: str, most: int) -> str:
    """The text without its empty lines; raises TooManyLines."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > most:
        raise TooManyLines(most, len(lines))
    return "\n".join(lines)


def language_of(line: str) -> str | None:
    """The language that most letters of a line belong to; None where it has no letter."""
    kinds = [bidirectional(letter) for letter in line]
    arabic = kinds.count("AL") + kinds.count("R")
    latin = kinds.count("L")
    if arabic == latin == 0:
        return None
    return ARABIC if arabic >= latin else FRENCH


def ensure_language(text: str, language: str) -> None:
    """Refuse words without a letter of this language's; raises InTheOtherLanguage."""
    spoken = {language_of(letter) for letter in text} - {None}
    if spoken and language not in spoken:
        raise InTheOtherLanguage


def ensure_short(text: str, longest: int) -> None:
    """Refuse what is too long, counted as Telegram counts; raises WordsTooLong."""
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if units > longest:
        raise WordsTooLong(units, longest)

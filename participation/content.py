"""A commune's content as a directory holds it: read and checked whole, nothing written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from participation.consultations import SPOKEN_NOTICE
from participation.profile import FILE as PROFILE_FILE
from participation.profile import checked_profile
from participation.tables import (
    ContentRefused,
    Fault,
    Table,
    Texts,
    Unreadable,
    inside,
    is_by_language,
    read_bytes,
    read_toml,
)
from storage.consultations import Mode

LONGEST_TITLE = 100
LONGEST_STAKE = 2_000
LONGEST_CONTACT = 500
LONGEST_SUMMARY = 700
"""Characters; a document's caption has to fit into Telegram's 1,024, a card into its 4,096."""
LONGEST_WINDOW_DAYS = 3_660

WORKBOOKS = (".xlsx", ".xls", ".csv")

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
}
"""What people are sent to read; anything else could do harm on a phone."""

RECORDINGS = {".ogg": "audio/ogg", ".oga": "audio/ogg", ".opus": "audio/ogg"}
"""What Telegram plays as a voice message: Ogg with Opus."""


SPOKEN = "spoken_notice"
OGG = b"OggS"
LAST = 1_000
"""Behind every document that is to be read."""


@dataclass(frozen=True, slots=True)
class Window:
    """Days in the commune, both included; relative ones were counted from the day of reading."""

    opens_on: date
    closes_on: date
    is_relative: bool


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """A file to read in one language; language None serves every language."""

    slug: str
    language: str | None
    position: int
    title: Texts
    summary: Texts
    file_name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class ConsultationContent:
    """One consultation's folder. ``file`` and ``workbook_file`` name it in faults."""

    file: str
    workbook_file: str
    slug: str
    mode: Mode
    title: Texts
    stake: Texts
    contact: Texts
    window: Window
    workbook: bytes
    documents: tuple[DocumentContent, ...]

    @property
    def workbook_hash(self) -> str:
        return sha256(self.workbook).hexdigest()


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a directory says."""

    profile: dict[str, Any]
    languages: tuple[str, ...]
    consultations: tuple[ConsultationContent, ...]


def read_content(directory: Path, today: date) -> Content:
    """Read ``profile.toml`` and ``consultations/*/consultation.toml`` with their files.

    Raises ContentRefused with every fault of every file.
    """
    if not directory.is_dir():
        raise ContentRefused([Fault(str(directory), "", "is not a directory")])
    faults: list[Fault] = []
    profile: dict[str, Any] = {"languages": ("ar", "fr")}
    try:
        profile = checked_profile(read_toml(directory / PROFILE_FILE, PROFILE_FILE))
    except ContentRefused as refused:
        faults.extend(refused.faults)
    languages = tuple(profile["languages"])
    consultations = []
    for folder in _folders(directory):
        try:
            consultations.append(_Reader(directory, folder, languages, today).read())
        except ContentRefused as refused:
            faults.extend(refused.faults)
    faults.extend(_doubled(consultations))
    if faults:
        raise ContentRefused(faults)
    return Content(profile, languages, tuple(consultations))


def _folders(directory: Path) -> list[Path]:
    below = sorted(directory.glob("consultations/*"))
    return [path for path in below if path.is_dir() and not path.name.startswith(".")]


def _doubled(consultations: Sequence[ConsultationContent]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for one in consultations:
        if one.slug in first:
            yield Fault(one.file, "slug", f'"{one.slug}" is the slug of {first[one.slug]} already')
        first.setdefault(one.slug, one.file)


class _Reader:
    """Reads one consultation's folder."""

    def __init__(
        self, directory: Path, folder: Path, languages: tuple[str, ...], today: date
    ) -> None:
        self._folder = folder
        self._name = folder.relative_to(directory).as_posix()
        self._languages = languages
        self._today = today
        self._faults: list[Fault] = []

    def read(self) -> ConsultationContent:
        file = f"{self._name}/consultation.toml"
        values = read_toml(self._folder / "consultation.toml", file)
        table = Table(values, file, self._faults, self._languages)
        slug, mode = table.slug(), self._mode(table)
        title = table.texts("title", LONGEST_TITLE)
        stake = table.texts("stake", LONGEST_STAKE)
        contact = table.texts("contact", LONGEST_CONTACT, optional=True)
        table.read.add("contact")
        window = self._window(table.table("window"))
        form = table.text("form", 200)
        workbook, _ = self._file(table, "form", form, WORKBOOKS)
        documents = (*self._documents(table), *self._spoken_notice(table, title))
        table.finish()
        if self._faults or window is None:
            raise ContentRefused(self._faults)
        return ConsultationContent(
            file=file,
            workbook_file=f"{self._name}/{form}",
            slug=slug,
            mode=mode,
            title=title,
            stake=stake,
            contact=contact,
            window=window,
            workbook=workbook,
            documents=documents,
        )

    def _mode(self, table: Table) -> Mode:
        given = table.text("mode", 40)
        if given and given not in list(Mode):
            table.fault("mode", f"must be one of {', '.join(Mode)}")
        return Mode(given) if given in list(Mode) else Mode.ANONYMOUS

    def _window(self, table: Table) -> Window | None:
        if table.has("opens_in_days") or table.has("closes_in_days"):
            return self._relative(table)
        opens_on, closes_on = table.day("opens_on"), table.day("closes_on")
        table.finish()
        if opens_on is None or closes_on is None:
            return None
        return self._ordered(table, Window(opens_on, closes_on, is_relative=False), "closes_on")

    def _relative(self, table: Table) -> Window | None:
        opens = table.number("opens_in_days", -LONGEST_WINDOW_DAYS, LONGEST_WINDOW_DAYS)
        closes = table.number("closes_in_days", -LONGEST_WINDOW_DAYS, LONGEST_WINDOW_DAYS)
        table.finish()
        if opens is None or closes is None:
            return None
        opens_on = self._today + timedelta(days=opens)
        closes_on = self._today + timedelta(days=closes)
        return self._ordered(
            table, Window(opens_on, closes_on, is_relative=True), "closes_in_days"
        )

    def _ordered(self, table: Table, window: Window, key: str) -> Window:
        if window.closes_on < window.opens_on:
            table.fault(key, "the last day lies before the first")
        elif (window.closes_on - window.opens_on).days > LONGEST_WINDOW_DAYS:
            table.fault(key, "the last day lies more than ten years after the first")
        elif not 2000 <= window.opens_on.year <= 2200:
            table.fault(key.replace("closes", "opens"), "must be a day of this century")
        return window

    def _documents(self, table: Table) -> Iterator[DocumentContent]:
        slugs: set[str] = set()
        for position, one in enumerate(table.tables("documents")):
            slug = one.slug()
            if slug == SPOKEN_NOTICE:
                one.fault("slug", f"is the name of a recording; name it as {SPOKEN}")
            if slug in slugs:
                one.fault("slug", f'"{slug}" names a document above already')
            slugs.add(slug)
            title = one.texts("title", LONGEST_TITLE)
            summary = one.texts("summary", LONGEST_SUMMARY, optional=True)
            one.read.add("summary")
            for language, key, name in self._named(one, "file"):
                content, path = self._file(one, key, name, tuple(MEDIA_TYPES))
                media_type = MEDIA_TYPES.get(path.suffix.lower(), "")
                yield DocumentContent(
                    slug, language, position, title, summary, path.name, media_type, content
                )
            one.finish()

    def _spoken_notice(self, table: Table, title: Texts) -> Iterator[DocumentContent]:
        """The notice before answering, as the commune has recorded it; it may be left out."""
        if not table.has(SPOKEN):
            return
        for language, key, name in self._named(table, SPOKEN):
            content, path = self._file(table, key, name, tuple(RECORDINGS))
            if content and not content.startswith(OGG):
                table.fault(key, f'"{name}" is not an Ogg file; record it as Ogg with Opus')
            media_type = RECORDINGS.get(path.suffix.lower(), "")
            yield DocumentContent(
                SPOKEN_NOTICE, language, LAST, title, {}, path.name, media_type, content
            )

    def _named(self, table: Table, key: str) -> Iterator[tuple[str | None, str, str]]:
        """Language, key and name of each file of a document; a plain name serves all languages."""
        given = table.names(key)
        if isinstance(given, str):
            yield None, key, given
        elif is_by_language(given):
            for language, name in given.items():
                if language not in self._languages:
                    table.fault(f"{key}.{language}", "is not one of the commune's languages")
                yield language, f"{key}.{language}", name
        elif given is not None:
            table.fault(key, "must be a file's name, or a table with a name for each language")

    def _file(
        self, table: Table, key: str, name: str, endings: Sequence[str]
    ) -> tuple[bytes, PurePosixPath]:
        path = PurePosixPath(name)
        if not name:
            return b"", path
        try:
            if path.suffix.lower() not in endings:
                raise Unreadable(f"must end in {', '.join(endings)}")
            return read_bytes(inside(self._folder, name)), path
        except Unreadable as error:
            table.fault(key, f'"{name}" {error}')
            return b"", path

"""What looks like a number of somebody's is noticed, and plain talk of figures is not."""

from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from participation.identifiers import Identifier, identifiers_in

CNIE, PHONE, EMAIL = Identifier.CNIE, Identifier.PHONE, Identifier.EMAIL

ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
FULL_WIDTH = {ord("0") + place: 0xFF10 + place for place in range(10)}
SCRIPTS: tuple[dict[int, int], ...] = (str.maketrans({}), ARABIC_INDIC, PERSIAN, FULL_WIDTH)
GAPS = (
    "",
    " ",
    "-",
    ".",
    "\u00a0",
    "\u202f",
    "–",
    "/",
    "_",
    ":",
    " : ",
    "\n",
    "'",
    "→",
    "\\",
    "+",
)
AROUND = ("", "Mon numéro : ", "رقمي هو ", "(", "«", "appelez le ", "هاتف:", "\n", "tél.")
BEHIND = ("", ".", ")", " merci", "، شكرا", "\n", "»")

TOGETHER = str.maketrans("", "", " -:.\n\u00a0/°n")

digits = st.text("0123456789", min_size=8, max_size=8)


@st.composite
def phones(draw: st.DrawFn) -> str:
    """A Moroccan number as somebody may write it."""
    first = draw(st.sampled_from("567"))
    head = draw(st.sampled_from(["0", "+212", "00212", "212", "+212 0", "(+212) ", "+212 (0)"]))
    gap = draw(st.sampled_from(GAPS))
    size = draw(st.sampled_from([1, 2, 3, 4, 8]))
    rest = draw(digits)
    groups = [rest[start : start + size] for start in range(0, 8, size)]
    return head + gap.join([first, *groups])


@st.composite
def cards(draw: st.DrawFn) -> str:
    """The number of an ID card as somebody may write it."""
    letters = draw(st.sampled_from(["JC", "JT", "J", "A", "BE", "bk", "jc", "x"]))
    gap = draw(st.sampled_from(["", " ", "-", ".", "\u00a0", "\n", ":", "  ", " n° ", "/"]))
    number = draw(st.text("0123456789", min_size=5, max_size=6))
    split = draw(st.sampled_from(["", " ", "-", ":"] if len(gap) < 2 else [""]))
    middle = len(number) - 3
    return f"{letters}{gap}{number[:middle]}{split}{number[middle:]}"


def written(draw: st.DataObject, number: str) -> str:
    script = draw.draw(st.sampled_from(SCRIPTS))
    before, after = draw.draw(st.sampled_from(AROUND)), draw.draw(st.sampled_from(BEHIND))
    return f"{before}{number.translate(script)}{after}"


@given(st.data(), phones())
def test_a_telephone_number_is_noticed_however_it_is_written(
    draw: st.DataObject, number: str
) -> None:
    assert PHONE in identifiers_in(written(draw, number))


@given(st.data(), cards())
def test_the_number_of_an_id_card_is_noticed_however_it_is_written(
    draw: st.DataObject, number: str
) -> None:
    assert CNIE in identifiers_in(written(draw, number))


THINGS = (
    "parcelle ",
    "Lot n° ",
    "le titre foncier ",
    "dossier : ",
    "route ",
    "le lampadaire numéro ",
    "القطعة ",
    "بالملف رقم ",
    "الرسم العقاري ",
)


@given(st.data(), cards(), st.sampled_from(THINGS))
def test_the_number_of_a_thing_that_is_named_is_nobodys(
    draw: st.DataObject, number: str, thing: str
) -> None:
    behind = draw.draw(st.sampled_from(BEHIND))

    assert identifiers_in(f"Voir {thing}{number}{behind}") == frozenset()


@given(cards(), st.sampled_from(THINGS))
def test_a_thing_hides_no_card_that_is_named(number: str, thing: str) -> None:
    assert CNIE in identifiers_in(f"{thing}12. Ma CIN : {number.translate(TOGETHER)}")


@given(
    st.data(),
    st.from_regex(r"[a-z][a-z0-9]{0,8}(\.[a-z]{1,8})?", fullmatch=True),
    st.sampled_from(["gmail.com", "menara.ma", "mail.example.org", "xn--e1a.ma"]),
)
def test_a_mailbox_is_noticed(draw: st.DataObject, name: str, domain: str) -> None:
    sign = draw.draw(st.sampled_from(["@", " @ ", "(at)", "\uff20"]))

    assert EMAIL in identifiers_in(written(draw, f"{name}{sign}{domain}"))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("0612345678", {PHONE}),
        ("06 12 34 56 78", {PHONE}),
        ("٠٦١٢٣٤٥٦٧٨", {PHONE}),
        ("0\u200e612\u200f345678", {PHONE}),
        ("612345678", {PHONE}),
        ("00 33 6 12 34 56 78", {PHONE}),
        ("0528 85 12 34", {PHONE}),
        ("JC123456", {CNIE}),
        ("j c 123456", {CNIE}),
        ("CIN : 123456", {CNIE}),
        ("رقم بطاقتي ج س ١٢٣٤٥٦", {CNIE}),
        ("ma carte nationale n° 1234567", {CNIE}),
        ("amina@example.ma, 0612345678, JC123456", {CNIE, PHONE, EMAIL}),
        ("appelez-moi au 0612345678 2 fois", {PHONE}),
        ("06,12,34,56,78", {PHONE}),
        ("06 · 12 · 34 · 56 · 78", {PHONE}),
        ("06*12*34*56*78", {PHONE}),
        ("06\n12\n34\n56\n78", {PHONE}),
        ("6 12 34 56 78", {PHONE}),
        ("0️⃣6️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", {PHONE}),
        ("06\u00ad12345678", {PHONE}),
        ("رقم البطاقة 123456", {CNIE}),
        ("البِطاقة الوطنيّة ١٢٣٤٥٦", {CNIE}),
        ("لاكارط ديالي هي ١٢٣٤٥٦", {CNIE}),
        ("la karta dyali 123456", {CNIE}),
        ("JC123456 dh", {CNIE}),
        ("Amina, JC123456 25 ans", {CNIE}),
        ("وJC123456", {CNIE}),
        ("AB1234567", {CNIE}),
        ("بطاقة رقم 123456", {CNIE}),
        ("P 12345", {CNIE}),
        ("06:12:34:56:78", {PHONE}),
        ("٠٦:١٢:٣٤:٥٦:٧٨", {PHONE}),
        ("06\n12/34\n56/78", {PHONE}),
        ("6-12-34-56-78", {PHONE}),
        ("+33:6:12:34:56:78", {PHONE}),
        ("ouvert à 07:30, 06:12:34:56:78", {PHONE}),
    ],
)
def test_what_is_noticed(words: str, found: set[Identifier]) -> None:
    assert identifiers_in(words) == found


HARMLESS = [
    "",
    "En 2026, puis en 2027-2028",
    "de 2019 à 2026",
    "du 05/06/2026-07/06/2026",
    "Entre le 05/06/2026 et le 07.06.2026, 2026-06-05 2026-07-05",
    "le 12/3/26",
    "Ouvert de 08:30 à 12:00 et de 14:30 à 18:30",
    "de 8h30 à 18h30, 7j/7, 24h/24",
    "07-12 14-18",
    "83000 Taroudant, BP 83000",
    "BP 271",
    "Le budget est de 10 000 dirhams, ou 1 250 000,00 DH",
    "DH 15 000, 15000 DH, 15.000 dhs",
    "un loyer de 12345 dirhams",
    "article 119 de la loi organique 113-14, décret 2-16-403",
    "l’article 12-3 et l’art. 123",
    "la RN10 au km 12345",
    "T1 2026, S2 2026, A7",
    "83.496 habitants, 83 496 en 2024",
    "3 salles de 120 m² et 2 de 80 m²",
    "30.4703, -8.8770",
    "Le numéro gratuit 0800008585, ou 08 00 00 85 85",
    "Note 5/5, 100 %, 50-50",
    "1, 2, 3, 4, 5, 6, 7, 8, 9, 10",
    "ligne 12, bus 34567",
    "في سنة 2026 كان عدد السكان 83496",
    "من الساعة ٨ إلى ١٨، كل يوم",
    "القانون التنظيمي رقم 113.14",
    "المادة 119",
    "ميزانية قدرها 10.000 درهم",
    "rendez-vous @ 18h",
    "un @ dans le texte",
    "Il y a 15 000 habitants, et il y a 20000 jeunes",
    "C 15 000 dh, khassna b 50000 drhm",
    "A 15000 DH le mètre",
    "650000000 dirhams",
    "CP 83000, CP 83 000",
    "6 12 34 56 78 90",
    "parcelle A12345, lot B 2045, lot B 20450, la route P 12345",
    "titre foncier TF 12345/39, T 12345/39",
    "قطعة A12345، ملف رقم B 123456",
    "DH15000, No12345, N°12345, Km12345, PV 12345",
    "la durée 15000 jours, une année 20000",
    "07:30 12:00 / 14:30 18:00",
    "Option B : 25000, option C : 150000",
    "ISO 27001, ISO27001, A4",
]


@pytest.mark.parametrize("words", HARMLESS)
def test_plain_talk_of_figures_passes(words: str) -> None:
    assert identifiers_in(words) == frozenset()


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 28), st.sampled_from("/-."))
def test_two_dates_are_no_telephone_number(year: int, month: int, day: int, sign: str) -> None:
    one = f"{day:02}{sign}{month:02}{sign}{year}"
    if 1900 <= year < 2100:
        assert identifiers_in(f"{one} - {one}") == frozenset()


@given(st.lists(st.tuples(st.integers(0, 23), st.sampled_from(["00", "15", "30", "45"]))))
def test_hours_are_no_telephone_number(hours: list[tuple[int, str]]) -> None:
    times = [f"{hour:02}:{minutes}" for hour, minutes in hours]

    assert identifiers_in(" ".join(times)) == identifiers_in(" - ".join(times)) == frozenset()


@given(st.integers(0, 99_999))
@example(83_000)
def test_a_number_of_up_to_five_digits_is_nobodys(number: int) -> None:
    assert identifiers_in(str(number)) == identifiers_in(f"il y en a {number}") == frozenset()


@given(st.text(max_size=4096))
def test_no_words_are_too_much(words: str) -> None:
    identifiers_in(words)


@pytest.mark.parametrize("sign", ["a", "0", "a@", "@a.", "0 ", "212", "06", "(0"])
def test_long_words_take_no_long_time(sign: str) -> None:
    identifiers_in(sign * (4096 // len(sign)))


@given(st.sampled_from(["212", "+212", "06", "0", "J", "A"]), st.sampled_from(" .-,"))
def test_a_long_message_is_read_in_no_time(lead: str, sign: str) -> None:
    began = perf_counter()

    identifiers_in((lead + sign * 4_000)[:4_096])

    assert perf_counter() - began < 0.2

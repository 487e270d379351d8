"""Every finding is said whole in each language, with its place and what to do."""

import pytest

from forms.admission import only_identifies
from forms.findings import Finding
from forms.messages import ADVICE, MESSAGES
from handlers.language import speaking
from handlers.views.findings import MOST_SHOWN, advice, entry, message, plain, refused
from handlers.views.view import LONGEST_TEXT

LANGUAGES = ["ar", "fr"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_and_every_advice_is_translated(language: str) -> None:
    findings = [Finding(code, "survey", 2, "label") for code in MESSAGES]
    keyed = [
        Finding("refused_type", details={"instead": key[8:]})
        for key in ADVICE
        if key[:8] == "instead_"
    ]
    near = Finding("unknown_type", details={"near": "text"})

    with speaking(language):
        said = [(message(one), advice(one)) for one in (*findings, *keyed, near)]

    assert len(said) > 90
    for (words, do), one in zip(said, (*findings, *keyed, near), strict=True):
        assert words != one.message
        assert bool(do) == bool(one.advice)
        assert not do or do != one.advice


def test_the_source_is_said_as_the_command_line_says_it() -> None:
    finding = Finding(
        "unknown_function", "survey", 2, "relevant", {"name": "foo", "near": "floor"}
    )

    with speaking(None):
        words = message(finding).replace("\u2068", "").replace("\u2069", "")

    assert words == finding.message


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_of_the_longest_fit_into_a_message(language: str) -> None:
    details = dict.fromkeys(("name", "near", "first", "second", "written", "reason"), "x" * 500)

    with speaking(language):
        for code in MESSAGES:
            one = Finding(code, "survey", 2000, "constraint_message::Français (fr)", details)
            assert len(refused((one,) * 40).text) <= LONGEST_TEXT, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_of_html_in_a_workbook_are_words(language: str) -> None:
    finding = Finding("unknown_type", "survey", 2, "<b>", {"name": "<i>&"})

    with speaking(language):
        shown, listed = entry(finding), plain([finding])

    assert "&lt;i&gt;&amp;" in shown
    assert "<i>&" in listed
    assert "&lt;" not in listed


@pytest.mark.parametrize(
    ("codes", "offered"),
    [
        (["identifying_name", "identifying_phone"], True),
        (["identifying_name", "long_form"], True),
        (["identifying_name", "no_name"], False),
        (["identifying_cnie"], False),
        (["long_form"], False),
        ([], False),
    ],
)
def test_answers_by_name_are_a_way_out_only_where_nothing_else_is_wrong(
    codes: list[str], *, offered: bool
) -> None:
    assert only_identifies(Finding(code, "survey", 2) for code in codes) is offered


def test_more_than_ten_are_counted() -> None:
    with speaking("fr"):
        text = refused([Finding("no_name", "survey", row) for row in range(2, 17)]).text

    assert text.count("Feuille") == MOST_SHOWN
    assert "Et \u20685\u2069 autres remarques." in text

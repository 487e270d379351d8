"""Telegram's HTML: what it becomes, and in which words it is refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.entities import as_html, formatted
from simulator.refusals import Refused
from simulator.telegram_html import parse_html
from simulator.utf16 import utf16_length


@pytest.mark.parametrize(
    ("source", "plain", "entities"),
    [
        ("<b>مرحبا</b>", "مرحبا", [("bold", 0, 5)]),
        ("😀<i>a</i>", "😀a", [("italic", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<B>a</B>", "a", [("bold", 0, 1)]),
        (
            "<s>a</s><del>b</del><strike>c</strike>",
            "abc",
            [("strikethrough", i, 1) for i in range(3)],
        ),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<code>a</code>", "a", [("code", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("a &lt; b &amp; c &quot;d&quot; &#39;e&#39; &copy;", "a < b & c \"d\" 'e' &copy;", []),
        ("  <b> a </b>  ", "a", [("bold", 0, 1)]),
        ("<b>a</>", "a", [("bold", 0, 1)]),
    ],
)
def test_html_becomes_text_and_entities(
    source: str, plain: str, entities: list[tuple[str, int, int]]
) -> None:
    text, found = formatted(source, "HTML", None)

    assert text == plain
    assert [(one["type"], one["offset"], one["length"]) for one in found] == entities


def test_links_and_languages_keep_their_argument() -> None:
    link = formatted('<a href="https://a.ma/?x=1&amp;y=2">a</a>', "HTML", None)[1]
    code = formatted('<pre><code class="language-python">x</code></pre>', "HTML", None)[1]
    emoji = formatted('<tg-emoji emoji-id="5368">👍</tg-emoji>', "HTML", None)[1]

    assert link == [
        {"type": "text_link", "offset": 0, "length": 1, "url": "https://a.ma/?x=1&y=2"}
    ]
    assert code == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]
    assert emoji[0]["custom_emoji_id"] == "5368"


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("ب <div>", 'Unsupported start tag "div" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href>a</a>", "Expected equal sign in declaration of an attribute of the tag"),
        ('<a ="x">a</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ('<a href="x>a</a>', "Unclosed start tag at byte offset 0"),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
    ],
)
def test_a_bad_tag_is_refused_in_telegrams_words(source: str, problem: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_html(source)

    assert refusal.value.status == 400
    assert refusal.value.description.startswith(f"Bad Request: can't parse entities: {problem}")


def test_what_clients_find_by_themselves_is_found() -> None:
    text, entities = formatted("/start@simulated_bot voyez a@b.ma et www.taroudant.ma", None, None)

    kinds = [entity["type"] for entity in entities]
    assert kinds == ["bot_command", "email", "url"]
    assert text.startswith("/start")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    plain, entities = parse_html(f"<b>{escaped}</b>")

    assert plain == text
    assert [one["length"] for one in entities] == ([utf16_length(text)] if text else [])
    assert as_html(plain, entities) == (f"<b>{escaped}</b>" if text else "")


@given(st.text(alphabet="<>/b a=\"'&;é"))
def test_no_text_breaks_the_parser(text: str) -> None:
    with suppress(Refused):
        plain, entities = formatted(text, "HTML", None)
        end = utf16_length(plain)
        assert all(0 <= one["offset"] < one["offset"] + one["length"] <= end for one in entities)

"""Cards: every script is drawn with glyphs of its own, whatever a title is."""

import unicodedata
from io import BytesIO
from itertools import product

import pytest
from PIL import Image, ImageChops, ImageFont

from space.text import languages
from tool.cards.cards import Cards, mark_of
from tool.cards.drawing import HEIGHT, WIDTH, Card, draw
from tool.cards.fonts import Fonts
from tool.cards.typesetting import Cluster, Paragraph, TextStyle
from tool.wsgi import FONTS

NOT_YET = {"ban-bali", "ii"}
"""Languages whose scripts have no font here: names in them are left out."""
SCRIPTS = {
    "ar": "ما تعلمناه (Wikidata) ٢٠٢٦",
    "bn": "বাংলা উইকিপিডিয়ার কুড়ি বছর",
    "bo": "བོད་ཡིག་གི་ཝེ་ཁི་རིག་མཛོད།",
    "el": "Βικιπαίδεια",
    "en": "Ünïcödé Pe̍h-ōe-jī — “Ærø” 🎉 №½",
    "he": "ויקיפדיה: 25 שנים",
    "hi": "हिन्दी क्षत्रिय",
    "hy": "Վիքիպեդիա",
    "ja": "「写真散歩」で学んだこと、ウィキペディア",
    "ka": "ვიკიპედია",
    "km": "វិគីភីឌា",
    "ko": "위키백과",
    "ru": "Кӣллт са̄мь Википедия",
    "sat": "ᱣᱤᱠᱤᱯᱤᱰᱤᱭᱟ",
    "ta": "விக்கிப்பீடியா",
    "th": "วิกิพีเดีย",
    "zh-hant": "維基百科二十五週年",
}


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(FONTS)


def set_text(text: str, fonts: Fonts, language: str) -> list[Cluster]:
    return Paragraph.of(text, fonts, language, base=0).clusters


def drawn(card: Card, fonts: Fonts) -> Image.Image:
    png = draw(card, fonts)
    picture = Image.open(BytesIO(png))
    assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
    assert len(png) < 60_000
    return picture.convert("RGB")


@pytest.mark.parametrize("language", SCRIPTS)
def test_text_when_of_any_script_then_each_character_has_a_glyph(
    fonts: Fonts, language: str
) -> None:
    text = SCRIPTS[language]
    clusters = set_text(text, fonts, language)
    assert "".join(each.text for each in clusters) == text
    for cluster in clusters:
        font = ImageFont.truetype(cluster.file.path, 40)
        missing = bytes(font.getmask("\U0010fffe"))
        for character in cluster.text.strip():
            if unicodedata.category(character) not in {"Mn", "Cf"}:
                assert bytes(font.getmask(character)) != missing
    card = Card(text, "", "", "", language)
    assert ImageChops.difference(
        drawn(card, fonts), drawn(Card("", "", "", "", language), fonts)
    ).getbbox()


def test_autonyms_when_set_then_nothing_is_left_out(fonts: Fonts) -> None:
    lacking = {
        code
        for code in sorted(languages.fallbacks())
        if (name := unicodedata.normalize("NFC", languages.name(code, code)))
        and "".join(each.text for each in set_text(name, fonts, code)) != name
    }
    assert lacking == NOT_YET


def test_han_when_languages_write_it_differently_then_fonts_differ(
    fonts: Fonts,
) -> None:
    found = {
        set_text("骨", fonts, code)[0].file.path.name.rpartition("-wght")[0][:12]
        for code in ("zh", "zh-Hant", "ja", "ko", "zh-TW", "en")
    }
    assert len(found) == 4


def test_arabic_when_set_then_letters_join_and_lines_begin_on_the_right(
    fonts: Fonts,
) -> None:
    style = TextStyle(fonts, 60, "ar")
    word = set_text("سلام", fonts, "ar")
    assert {each.level for each in word} == {1}
    assert style.width(word) < sum(style.width([letter]) for letter in word)
    empty = drawn(Card("", "", "", "", "ar"), fonts)
    first, last = (
        ImageChops.difference(
            drawn(Card(title, "", "", "", "ar"), fonts).crop((0, 160, WIDTH, 460)),
            ground.crop((0, 160, WIDTH, 460)),
        ).getbbox()
        for title, ground in (
            ("سلام", drawn(Card("ـ", "", "", "", "ar"), fonts)),
            ("salam", empty),
        )
    )
    assert first is not None
    assert last is not None
    assert first[2] > WIDTH * 0.9
    assert last[0] < WIDTH * 0.1


@pytest.mark.parametrize(
    "title",
    [
        "",
        "word " * 400,
        "W" * 2000,
        "漢" * 2000,
        "👩‍👩‍👧🏳️‍🌈🎉" * 200,
        "Z" + "\u0335\u0321" * 500,
        "a\u202eb\u0000c\u2066d\ud800e\ue000\U0010fffe",
        "\u200d" * 50,
        "( [ { " * 100,
        "ᬩᬲᬩᬮᬶ",
    ],
)
def test_card_when_texts_are_hostile_then_stays_within_its_bounds(
    fonts: Fonts, title: str
) -> None:
    drawn(Card(title, title, title, title, "x" * 50), fonts)
    style = TextStyle(fonts, 54, "en")
    lines = Paragraph.of(title, fonts, "en", 0).lines(style, 1040, 3)
    assert len(lines) <= 3
    for line in lines:
        assert style.width(line) <= 1040
        shown = "".join(each.text for each in line)
        assert not any(unicodedata.category(each) in {"Cc", "Cs"} for each in shown)
        assert "\u202e" not in shown


def test_lines_when_text_is_longer_then_end_in_an_ellipsis(fonts: Fonts) -> None:
    style = TextStyle(fonts, 54, "en")
    long = Paragraph.of("wiki " * 60, fonts, "en", 0).lines(style, 1040, 3)
    assert long[-1][-1].text == "…"
    short = Paragraph.of("photo walk", fonts, "en", 0).lines(style, 400, 3)
    assert ["".join(each.text for each in line) for line in short] == ["photo walk"]
    japanese = Paragraph.of("学んだ、こと" * 3, fonts, "ja", 0).lines(style, 166, 9)
    assert not any(line[0].text == "、" for line in japanese)


def test_mark_when_anything_drawn_differs_then_is_another() -> None:
    own = Card("a", "b", "c", "d", "en")
    others = [
        Card(
            *("x" if place == number else text for number, text in enumerate("abcd")),
            "en",
        )
        for place in range(4)
    ]
    marks = {mark_of(card) for card in (own, *others, Card("a", "b", "c", "d", "ja"))}
    assert len(marks) == 6
    assert mark_of(own) == mark_of(Card("a", "b", "c", "d", "en"))


def test_cards_when_many_are_drawn_then_few_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Card] = []

    def half(card: Card, _: Fonts) -> bytes:
        asked.append(card)
        return bytes(Cards.SIZE // 2)

    monkeypatch.setattr("tool.cards.cards.draw", half)
    cards = Cards(FONTS)
    made = [Card(title, "", "", "", "en") for title in "abc"]
    for card, _ in product(made, range(2)):
        cards.draw(card)
    assert asked == made
    assert cards.get(mark_of(made[0])) is None
    assert cards.get(mark_of(made[2])) is not None

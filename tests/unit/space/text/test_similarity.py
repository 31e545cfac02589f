from hypothesis import given
from hypothesis import strategies as st

from space.text.similarity import SHORTEST, Library, Sketches, resemblance, sketch

WORDS = [
    "we",
    "meet",
    "write",
    "photos",
    "library",
    "women",
    "history",
    "river",
    "map",
    "article",
    "source",
    "talk",
    "learn",
    "edit",
    "children",
    "school",
    "music",
    "law",
    "garden",
    "train",
    "stone",
    "bread",
]
texts = st.lists(st.sampled_from(WORDS), min_size=80, max_size=200).map(" ".join)


@given(texts)
def test_resemblance_when_only_case_and_spaces_differ_is_whole(text: str) -> None:
    other = text.upper().replace(" ", "\n  ")
    assert resemblance(sketch(text), sketch(other)) == 1


@given(texts, texts)
def test_resemblance_when_turned_round_is_the_same(one: str, other: str) -> None:
    first, second = sketch(one), sketch(other)
    assert resemblance(first, second) == resemblance(second, first)
    assert 0 <= resemblance(first, second) <= 1


def test_like_when_a_word_was_changed_finds_the_first_copy() -> None:
    text = " ".join(f"{a} {b}" for a in WORDS for b in WORDS[:9])
    library = Library(
        {3: sketch(text), 5: sketch(text), 9: sketch(text.replace("river", "lake", 2))}
    )
    assert library.like(9) == 3
    assert library.like(3) is None
    assert library.like(4) is None


def test_like_when_texts_are_different_finds_nothing() -> None:
    one = " ".join(f"{a} {b}" for a in WORDS for b in WORDS[:5])
    other = " ".join(f"{b} und {a}" for a in WORDS for b in WORDS[5:12])
    assert Library({1: sketch(one), 2: sketch(other)}).like(2) is None


def test_like_when_texts_are_short_finds_nothing() -> None:
    text = "x" * (SHORTEST - 1)
    assert sketch(text) == ()
    assert Library({1: sketch(text), 2: sketch(text)}).like(2) is None


def test_like_when_a_flood_of_copies_came_finds_the_first() -> None:
    same = sketch("बिकिपीडिया में स्वागत है और यहाँ लिखिए। " * 20)
    library = Library(dict.fromkeys(range(1, 3001), same))
    assert {library.like(page) for page in (2, 500, 3000)} == {1}


numbers = st.integers(0, 2**32 - 1)
sketches = st.dictionaries(
    st.integers(1, 20),
    st.sets(st.integers(0, 8) | numbers, max_size=6).map(lambda s: tuple(sorted(s))),
)


@given(sketches, st.sets(st.integers(1, 20)))
def test_sketches_always_find_what_a_library_of_all_finds(
    all_sketches: dict[int, tuple[int, ...]], pages: set[int]
) -> None:
    packed, library = Sketches(), Library(all_sketches)
    for page, own in all_sketches.items():
        packed.put(page, own)
    alike = {page: library.like(page) for page in pages}
    assert packed.like(pages) == {page: like for page, like in alike.items() if like}

"""Any text, put together from markup, through every reader: it reads, and in time.

`make soak` goes on for ten minutes. What it finds is kept below `tests/corpus/hostile`.
"""

import os
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.corpus.cases import CORPUS
from tests.support.hostile.growth import STEEP, growth
from tests.support.hostile.readers import READERS, VALUES
from tests.support.hostile.shapes import ALL, Shape

pytestmark = pytest.mark.soak

SECONDS = 600 if os.environ.get("SPACE_SOAK") else 0
ROUND = 50 if SECONDS else 4  # examples
FILES = sorted((CORPUS / "hostile").glob("*.txt"))
NAMES = [name for name in READERS if SECONDS or name not in VALUES]
PIECES = sorted({shape.before + shape.piece for shape in ALL.values()})
TEXTS = st.lists(
    st.sampled_from(PIECES) | st.text(max_size=4), min_size=1, max_size=8
).map("".join)
FUZZED = settings(
    max_examples=ROUND,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@FUZZED
@given(TEXTS, st.integers(0, 12))
def read_by_all(text: str, doublings: int) -> None:
    for name, read in READERS.items():
        try:
            read(text * 2**doublings if len(text) < 100 else text)
        except Exception as error:
            error.add_note(f"reader: {name}")
            raise


@FUZZED
@given(TEXTS, TEXTS, st.sampled_from(sorted(READERS)))
def repeated_for_one(before: str, piece: str, name: str) -> None:
    steep = growth(READERS[name], Shape(piece, before))

    assert steep < STEEP, f"{name} on {before!r} and {piece!r} many times"


def test_every_reader_reads_any_text_in_linear_time() -> None:
    end = monotonic() + SECONDS
    while True:
        read_by_all()
        repeated_for_one()
        if monotonic() >= end:
            break


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_every_reader_reads_what_was_found_before(file: Path) -> None:
    text = file.read_text("utf-8")
    for name in NAMES:
        assert growth(READERS[name], Shape(text)) < STEEP, name

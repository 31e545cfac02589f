"""What a browser says of its reader's languages."""

import pytest

from tool.app.web.language import LONGEST_CODE, MOST_LANGUAGES, accepted


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("", ()),
        ("fr", ("fr",)),
        ("en;q=0.5, de-AT, FR;q=0.8", ("de-at", "fr", "en")),
        ("en, fr;q=0, *;q=0.1", ("en", "*")),
        (f"{'x' * (LONGEST_CODE + 1)}, en", ("en",)),
    ],
)
def test_accepted_when_a_header_names_languages_are_those_not_refused(
    header: str, codes: tuple[str, ...]
) -> None:
    assert accepted(header) == codes


def test_accepted_when_there_are_very_many_are_the_first() -> None:
    codes = tuple(f"a{number}" for number in range(1000))
    assert accepted(",".join(codes)) == codes[:MOST_LANGUAGES]

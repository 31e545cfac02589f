import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.publication.people import Person, person_of


@pytest.mark.parametrize(
    ("value", "person"),
    [
        ("[[User:Ana]]", Person("Ana", "User:Ana")),
        ("[[User:Ana|Ana N.]]", Person("Ana N.", "User:Ana")),
        ("[[Wikimedia Aotearoa]]", Person("Wikimedia Aotearoa", "Wikimedia Aotearoa")),
        ("Wiki club", Person("Wiki club")),
        ("Club of [[User:Ana]]", Person("Club of User:Ana")),
        ("Ratio 3:1", Person("Ratio 3:1")),
    ],
)
def test_person_of_when_written_either_way_then_name_and_page_are_told_apart(
    value: str, person: Person
) -> None:
    assert person_of(value) == person


def test_names_when_a_user_is_linked_then_filters_find_it_by_any() -> None:
    person = person_of("[[Benutzerin:Ana|Ana N.]]")
    assert person.names == {"Ana N.", "Benutzerin:Ana", "Ana"}
    assert person_of("Ratio 3:1").names == {"Ratio 3:1"}


@given(st.text())
def test_person_of_when_given_anything_then_names_somebody_on_one_line(
    text: str,
) -> None:
    person = person_of(text)
    assert "\n" not in person.name
    assert "" not in person.names

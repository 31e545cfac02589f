import pytest

from space.settings.topics import Topics, topics_title

PAGE = """
Some words.
{{Space topic|slug=glam|label=GLAM|aliases=museums; Libraries}}
{{Space topic|slug=women|aliases=gender-gap; glam; museums}}
{{Space topic|label=no slug}}
{{Space topic|slug=broken
"""


def test_of_when_a_page_is_read_then_aliases_lead_to_their_first_topic() -> None:
    assert dict(Topics.of(PAGE).slugs) == {
        "museums": "glam",
        "libraries": "glam",
        "gender-gap": "women",
    }


def test_of_when_a_page_is_read_then_topics_have_the_names_readers_see() -> None:
    labels = [("glam", "GLAM"), ("women", "women")]
    assert list(Topics.of(PAGE).labels.items()) == labels


@pytest.mark.parametrize(
    ("topic", "names"),
    [
        ("glam", {"glam", "museums", "libraries"}),
        ("museums", {"glam", "museums", "libraries"}),
        ("women", {"women", "gender-gap"}),
        ("unknown", {"unknown"}),
    ],
)
def test_names_when_a_topic_has_others_then_all_are_told(
    topic: str, names: set[str]
) -> None:
    assert Topics.of(PAGE).names(topic) == names


def test_of_when_there_is_no_page_then_there_are_no_other_names() -> None:
    assert Topics.of().names("glam") == {"glam"}
    assert topics_title("Space") == "Space/Topics"

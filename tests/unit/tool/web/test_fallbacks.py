"""Every page in a language that has no message yet: all are in a fallback language."""

from html.parser import HTMLParser

from space.text.messages import read_catalogue
from tests.support.talk.conversations import talk_some
from tests.support.tool.app import ToolApp
from tests.support.tool.pages import all_paths


class Attributes(HTMLParser):
    """The attributes of a page that hold a tag, by element; as a browser reads them.

    A `<span lang>` in double quotes ends the attribute and leaves its rest as more.
    """

    def __init__(self) -> None:
        super().__init__()
        self.broken: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if "<" in name or "<" in (value or ""):
                self.broken.append(f"{tag} {name}={value}")


def test_pages_when_all_messages_fall_back_then_attributes_hold_no_tags(
    tool: ToolApp,
) -> None:
    tool.speak({"en": read_catalogue()["en"], "ar": {}})
    talk_some(tool)
    tool.sign_in()
    broken = {}
    for path in all_paths(tool):
        parameter = "lang" if path.startswith("/embed/") else "uselang"
        joint = "&" if "?" in path else "?"
        page = tool.get(f"{path}{joint}{parameter}=ar", follow_redirects=True)
        assert '<span lang="en" dir="ltr">' in page.text, path
        reader = Attributes()
        reader.feed(page.text)
        if reader.broken:
            broken[path] = reader.broken
    assert broken == {}

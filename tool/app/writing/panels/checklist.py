"""Checklist beside a form, with checks of links that only the wiki can make."""

from html.parser import HTMLParser

from space.authoring.checklist import Check, LinkFindings, checks
from space.authoring.event_checklist import event_checks
from space.errors import WikiUnavailableError
from space.text.html.cut import Cut
from space.text.urls import addresses_in
from tool.app.form.fields import Form
from tool.app.services import services

_BOX = "wiki-space-"
"""How the sanitizer begins the classes of this project's own templates."""

_CUT = Cut({"a", "div"}, {"*": {"class"}}, {"script", "style"})


def checked(form: Form, html: str) -> tuple[Check, ...]:
    """The checklist of a post or an event.

    `html` is the wiki's rendering, sanitized: links to missing pages have class `new`.
    """
    if form.kind.name == "event":
        return event_checks(form.values)
    links = LinkFindings(spam=_spam(form), red=red_links(html))
    return checks(form.values, form.body, links)


def _spam(form: Form) -> tuple[str, ...]:
    """URLs on the spam blocklist, sorted; none while the wiki is unavailable."""
    addresses = addresses_in(form.body)
    try:
        spam = services().reader().spam(addresses) if addresses else frozenset[str]()
    except WikiUnavailableError:
        return ()
    return tuple(sorted(spam))


def red_links(html: str) -> tuple[str, ...]:
    """Texts of links to missing pages in rendered HTML, without repetition."""
    reader = _RedReader()
    reader.feed(_CUT(html))
    reader.close()
    return tuple(dict.fromkeys(text.strip() for text in reader.texts if text.strip()))


class _RedReader(HTMLParser):
    """Collects red links outside of the boxes of this project's own templates."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._inside = False
        self._box = 0  # open <div>s of one of our boxes

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = (dict(attrs).get("class") or "").split()
        if tag == "div" and (self._box or any(n.startswith(_BOX) for n in names)):
            self._box += 1
        if tag == "a" and not self._box:
            self._inside = "new" in names
            if self._inside:
                self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "a"
        if tag == "div" and self._box:
            self._box -= 1

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data

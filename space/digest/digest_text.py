"""The text of a digest in a language, for the whole movement or with a region's events.

It goes to talk pages of any wiki: links have the prefix of the wiki that it is from,
and all that people wrote is written so that it shows literally.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from space.codec.values.links import label
from space.codec.writers import escape
from space.digest.regions import Region
from space.digest.selection import Digest, Waiting, widest
from space.digest.subscribers import list_title
from space.digest.weeks import Week
from space.publication.occurrence import Occurrence
from space.publication.publication import Publication
from space.publication.titles import cut_bytes
from space.publication.translations import Choice
from space.text.clean import one_line
from space.text.day_words import by_skeleton, interval
from space.text.languages import country_name, direction, is_same, name
from space.text.messages import Translator

MOST_POSTS, MOST_EVENTS, MOST_WAITING = 10, 12, 5
"""Entries of each part; of what is left there is the number."""
LONGEST_SUBJECT = 240
"""Octets of a heading, which MassMessage allows."""
_DAY = "MMMd"
_BETWEEN = " · "
_DASH = " – "  # noqa: RUF001 - an en dash is what stands there


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a page of the wiki, by its full title; `text` is plain."""

    page_title: str
    text: str

    def wikitext(self, prefix: str) -> str:
        """The link, on any wiki that knows the prefix (`m:`; may be empty)."""
        return f"[[{prefix or ':'}{self.page_title}|{escape(one_line(self.text))}]]"


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """A line of a digest: a link and what stands before and after it, as plain text."""

    link: PageLink
    before: str = ""
    after: str = ""

    def wikitext(self, prefix: str) -> str:
        """The line as an item of a list."""
        before = f"'''{escape(self.before)}'''{_DASH}" if self.before else ""
        after = f" ({escape(one_line(self.after))})" if self.after else ""
        return f"* {before}{self.link.wikitext(prefix)}{after}"


@dataclass(frozen=True, slots=True)
class DigestPart:
    """A part of a digest under its heading; not empty."""

    heading: str
    entries: tuple[DigestEntry, ...]


@dataclass(frozen=True, slots=True)
class DigestText:
    """A digest in the words of a language; everything is plain text.

    `key` names it: "2026-W48/en", or "2026-W48/en/Africa" with a region's events.
    """

    key: str
    language: str
    subject: str
    intro: str
    parts: tuple[DigestPart, ...]
    footer: tuple[PageLink, ...]

    def wikitext(self, prefix: str) -> str:
        """The text of its page, and of a message without heading and signature."""
        pieces = [
            f"{mark(self.key)}",
            f'<div lang="{self.language}" dir="{direction(self.language)}">',
            escape(self.intro),
        ]
        for part in self.parts:
            lines = (entry.wikitext(prefix) for entry in part.entries)
            pieces.append("\n".join([f"\n'''{escape(part.heading)}'''", *lines]))
        footer = _BETWEEN.join(link.wikitext(prefix) for link in self.footer)
        return "\n".join([*pieces, f"\n<small>{footer}</small>", "</div>"])


def mark(key: str) -> str:
    """The comment by which a text is known; readers do not see it."""
    return f"<!-- Space digest: {key} -->"


def digest_key(week: Week, language: str, region: Region | None = None) -> str:
    """The name of a text: its week, language and region."""
    return "/".join([week.name, language, *([region.title] if region else [])])


def digest_folder(root: str) -> str:
    """The title above the pages of all digests, and of the lists of who gets them."""
    return f"{root}/Digest"


def digest_title(root: str, key: str) -> str:
    """The title of the page of a text."""
    return f"{digest_folder(root)}/{key}"


def write_digest(
    digest: Digest, say: Translator, root: str, region: Region | None = None
) -> DigestText:
    """The digest in the language of `say`; below `root` are our pages."""
    language = say.language
    parts = (
        DigestPart(say.text("digest-posts"), _posts(digest, say, root)),
        DigestPart(_events_heading(say, region), _events(digest, say, root, region)),
        DigestPart(say.text("digest-waiting"), _waiting(digest.waiting, say)),
    )
    week = digest.week
    days = interval("yMMMd", week.first, week.last, language)
    return DigestText(
        key=digest_key(week, language, region),
        language=language,
        subject=cut_bytes(say.text("digest-subject", days), LONGEST_SUBJECT),
        intro=say.text("digest-intro"),
        parts=tuple(part for part in parts if part.entries),
        footer=(
            PageLink(f"{root}/Blog", say.text("digest-all-posts")),
            PageLink(f"{root}/Calendar", say.text("digest-all-events")),
            PageLink(
                list_title(root, language, region), say.text("digest-subscribers")
            ),
        ),
    )


def _posts(digest: Digest, say: Translator, root: str) -> tuple[DigestEntry, ...]:
    shown = [_post(post, say.language) for post in digest.posts[:MOST_POSTS]]
    more = len(digest.posts) - len(shown)
    return (*shown, *_more("digest-more-posts", more, f"{root}/Blog", say))


def _post(post: Publication, language: str) -> DigestEntry:
    title, page, written = (
        post.values["title"],
        post.page_title,
        post.values["language"],
    )
    if post.versions:
        version = Choice.of(post.versions, language).version
        title, page, written = version.title, version.page_title, version.language
    other = "" if is_same(str(written), language) else name(str(written), language)
    return DigestEntry(PageLink(page, str(title)), after=other)


def _events_heading(say: Translator, region: Region | None) -> str:
    if region is None:
        return say.text("digest-events")
    return say.text("digest-events-region", region.name(say.language))


def _events(
    digest: Digest, say: Translator, root: str, region: Region | None
) -> tuple[DigestEntry, ...]:
    events = digest.events_for(region)
    shown = [_event(each, say) for each in widest(events, MOST_EVENTS)]
    more = len(events) - len(shown)
    return (*shown, *_more("digest-more-events", more, f"{root}/Calendar", say))


def _event(occurrence: Occurrence, say: Translator) -> DigestEntry:
    event = occurrence.publication.in_language(say.language)
    span = occurrence.span
    first, last = span.start.date, span.last_day
    days = (
        by_skeleton(_DAY, first, say.language)
        if first == last
        else interval(_DAY, first, last, say.language)
    )
    link = PageLink(event.page_title, str(event.values["title"]))
    return DigestEntry(link, days, _place(event, say))


def _place(event: Publication, say: Translator) -> str:
    """City and country, as far as the page may tell them; or that it is online."""
    mode, country = event.values.get("mode"), str(event.values.get("country", ""))
    parts = [
        label(str(event.values.get("city", ""))),
        country_name(country, say.language) if country else "",
    ]
    if mode == "online":
        parts = [say.text("choice-mode-online")]
    return _BETWEEN.join(filter(None, parts))


def _waiting(pages: Iterable[Waiting], say: Translator) -> tuple[DigestEntry, ...]:
    return tuple(
        DigestEntry(
            PageLink(page.page_title, page.subject or say.text("digest-newcomers")),
            after=say.text("digest-questions", page.questions),
        )
        for page in list(pages)[:MOST_WAITING]
    )


def _more(
    key: str, number: int, title: str, say: Translator
) -> tuple[DigestEntry, ...]:
    return (DigestEntry(PageLink(title, say.text(key, number))),) if number else ()

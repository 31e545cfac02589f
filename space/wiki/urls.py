"""Addresses that feeds and data pages are full of: all that a link is made from."""

from dataclasses import dataclass
from datetime import date
from typing import Self
from urllib.parse import quote, urlencode, urlsplit

from space.wiki.values import Site

TITLE_SAFE = ";@$!*(),/~:"  # left as they are by MediaWiki's wfUrlencode()
_SCALED_TYPES = {
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/png",
    "tif": "image/jpeg",
    "tiff": "image/jpeg",
    "webp": "image/webp",
}


@dataclass(frozen=True, slots=True)
class Urls:
    """Where the wiki, its pictures and the tool are; a part of the build key.

    `public_url` is the tool's own address without a slash at the end, `commons_url`
    the address of Commons' api.php (`space.settings.environment.Config` has both).
    """

    host: str
    article_url: str
    public_url: str
    commons_url: str

    @classmethod
    def of(cls, site: Site, *, public_url: str, commons_url: str) -> Self:
        """The addresses of a wiki and of the tool that shows it."""
        return cls(site.host, site.article_url, public_url, commons_url)

    @classmethod
    def guessed(cls, wiki_url: str, *, public_url: str, commons_url: str) -> Self:
        """The addresses as the settings alone tell them, by the wiki's index.php."""
        script = wiki_url.removesuffix("api.php") + "index.php"
        host = urlsplit(wiki_url).netloc
        return cls(host, f"{script}?title=$1", public_url, commons_url)

    def page(self, title: str) -> str:
        """A wiki page, as the wiki itself writes its address."""
        name = quote(title.replace(" ", "_"), safe=TITLE_SAFE)
        return self.article_url.replace("$1", name)

    def file(self, name: str, width: int = 960) -> str:
        """A picture on Commons, scaled; `name` has no namespace."""
        title = f"Special:Redirect/file/{name.replace(' ', '_')}"
        script = self.commons_url.removesuffix("api.php") + "index.php"
        return f"{script}?{urlencode({'title': title, 'width': width})}"

    def file_page(self, name: str) -> str:
        """Where Commons says who made a picture, and under which licence."""
        script = self.commons_url.removesuffix("api.php") + "index.php"
        return f"{script}?{urlencode({'title': f'File:{name}'.replace(' ', '_')})}"

    def uid(self, page_id: int) -> str:
        """The iCalendar UID of an event: neither title nor tool may change it."""
        return f"{page_id}@{self.host}"

    def uid_of_date(self, page_id: int, start: date) -> str:
        """The UID of a series' occurrence in a calendar of its own.

        `start` is the day that the series has it on, so that neither another hour of
        the series nor a page that overrides the occurrence changes the UID.
        """
        return f"{page_id}-{start:%Y%m%d}@{self.host}"

    def entry_id(self, page_id: int) -> str:
        """The Atom id of a post (RFC 4287 §4.2.6), as lasting as the UID."""
        return f"https://{self.host}/?curid={page_id}"

    def tool(self, path: str, query: str = "") -> str:
        """A page or feed of the tool; `path` begins with a slash."""
        return f"{self.public_url}{path}" + (f"?{query}" if query else "")


def media_type(file_name: str) -> str | None:
    """The media type that `Urls.file` serves for a name; None for unknown suffixes.

    The wiki scales to PNG what browsers cannot show, to JPEG what is big.
    """
    return _SCALED_TYPES.get(file_name.rpartition(".")[2].casefold())

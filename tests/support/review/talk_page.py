"""A talk page, edit by edit, read by the reader of verdicts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from space.review.model import Verdict
from space.review.verdicts.reading import read_verdicts
from space.wiki.talk.signatures import user_links
from space.wiki.values import Revision, Site

SITE = Site(
    host="meta.wikimedia.org",
    database="metawiki",
    article_url="https://meta.wikimedia.org/wiki/$1",
    script_url="https://meta.wikimedia.org/w/index.php",
    namespaces={
        0: ("",),
        1: ("Talk",),
        2: ("Benutzer", "User", "Benutzerin"),
        3: ("Benutzer Diskussion", "User talk"),
    },
    language="de",
    extensions=frozenset(),
)
LINKS = user_links(SITE)
START = datetime(2026, 11, 28, 9, 59, 30, tzinfo=UTC)
MONTHS = "January February March April May June July August September October"


def stamp(at: datetime) -> str:
    return f"{at:%H:%M, %d} November 2026 (UTC)"


@dataclass
class Talk:
    """A talk page; each save a minute after the one before."""

    revisions: list[Revision] = field(default_factory=list)
    now: datetime = START
    number: int = 500

    @property
    def text(self) -> str:
        texts = [r.text for r in self.revisions if r.text is not None]
        return texts[-1] if texts else ""

    @property
    def next_time(self) -> datetime:
        return self.now + timedelta(minutes=1)

    def signed(self, call: str, signer: str) -> str:
        """A line as it stands after saving it next."""
        return (
            f"{call} @[[User:Ann|Ann]] [[User:{signer}|{signer}]] "
            f"([[User talk:{signer}|talk]]) {stamp(self.next_time)}"
        )

    def save(self, user: str | None, text: str, *tags: str) -> None:
        self.now = self.next_time
        parent = self.revisions[-1].id if self.revisions else 0
        self.number += 1
        self.revisions.append(
            Revision(
                self.number,
                parent,
                9,
                self.now,
                user,
                "x",
                tags=frozenset(tags),
                text=text,
            )
        )

    def add(self, user: str | None, text: str) -> None:
        self.save(user, f"{self.text}\n\n== Review ==\n{text}" if self.text else text)

    def say(self, user: str, call: str = "{{Space review|approve|rev=5}}") -> None:
        self.add(user, self.signed(call, user))

    def read(
        self, since: int = 0, marks: frozenset[str] = frozenset()
    ) -> list[Verdict]:
        talk = [r for r in self.revisions if r.id >= since]
        return read_verdicts(talk, since, marks, SITE)


def seen(verdicts: Iterable[Verdict]) -> frozenset[str]:
    """The marks that the ledger has of these lines."""
    return frozenset(verdict.seen_mark for verdict in verdicts)

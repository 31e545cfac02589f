"""Rows of the action API (formatversion 2) as the values of `space.wiki.port`."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from space.wiki.values import (
    Account,
    Change,
    Contribution,
    LogEntry,
    News,
    PageInfo,
    Rendering,
    Revision,
    Site,
)

Row = Mapping[str, Any]


def moment(text: str) -> datetime:
    """A timestamp of the API ("2026-11-22T12:00:00Z"), aware and in UTC."""
    return datetime.fromisoformat(text)


def timestamp(value: datetime) -> str:
    """An aware time as the API takes it; fractions of seconds are cut off."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def site(query: Row) -> Site:
    """`meta=siteinfo` with general, namespaces, namespacealiases and extensions."""
    general = query["general"]
    base = urlsplit(general["base"])
    origin = f"{base.scheme}://{base.netloc}"
    names: dict[int, list[str]] = {}
    for row in query["namespaces"].values():
        both = (row["name"], row.get("canonical", row["name"]))
        names[row["id"]] = list(dict.fromkeys(both))
    for row in query["namespacealiases"]:
        names[row["id"]].append(row["alias"])
    return Site(
        host=base.netloc,
        database=general["wikiid"],
        article_url=origin + general["articlepath"],
        script_url=origin + general["script"],
        namespaces={number: tuple(spellings) for number, spellings in names.items()},
        language=general["lang"],
        extensions=frozenset(row["name"] for row in query["extensions"]),
        timezone=general["timezone"],
    )


def page_info(row: Row) -> PageInfo | None:
    """A row of `prop=info|pageprops`; None where there is no page."""
    if not row.get("pageid") or row.get("missing"):
        return None
    return PageInfo(
        id=row["pageid"],
        title=row["title"],
        namespace=row["ns"],
        latest=row["lastrevid"],
        redirect=row.get("redirect", False),
        language=row.get("pagelanguage"),
        translation="translate-is-translation" in row.get("pageprops", {}),
    )


def revisions(page: Row) -> Iterator[Revision]:
    """The rows of `prop=revisions` of one page."""
    for row in page.get("revisions", ()):
        yield _revision(row, page)


def _revision(row: Row, page: Row) -> Revision:
    slot = row.get("slots", {}).get("main", {})
    # Who may see hidden text gets it beside the mark; the mark is what counts.
    hidden = "sha1hidden" in row or "texthidden" in slot or "texthidden" in row
    user_hidden = "userhidden" in row
    return Revision(
        id=row["revid"],
        parent=row["parentid"],
        page_id=page["pageid"],
        timestamp=moment(row["timestamp"]),
        user=None if user_hidden else row["user"],
        sha1=None if hidden else row["sha1"],
        user_id=0 if user_hidden else row.get("userid", 0),
        size=row["size"],
        tags=frozenset(row["tags"]),
        text_hidden=hidden,
        user_hidden=user_hidden,
        text=None if hidden else slot.get("content"),
        title=page["title"],
    )


def change(row: Row) -> Change:
    """A row of `list=recentchanges`."""
    return Change(
        revid=row["revid"],
        page_id=row["pageid"],
        title=row["title"],
        namespace=row["ns"],
        user=None if "userhidden" in row else row["user"],
        timestamp=moment(row["timestamp"]),
    )


def contribution(row: Row) -> Contribution:
    """A row of `list=usercontribs`."""
    return Contribution(
        revid=row["revid"],
        page_id=row["pageid"],
        title=row["title"],
        timestamp=moment(row["timestamp"]),
        summary=None if "commenthidden" in row else row.get("comment", ""),
    )


def news(name: str, row: Row) -> News:
    """A row of `list=recentchanges` or `list=logevents` that has a title."""
    return News(
        id=name,
        title=row["title"],
        namespace=row["ns"],
        user=None if "userhidden" in row else row.get("user"),
        timestamp=moment(row["timestamp"]),
    )


def news_of_change(row: Row) -> Iterator[News]:
    """The news of a row of `list=recentchanges`: none where its title is hidden.

    A move concerns two titles.
    """
    name = f"change {row['rcid']}"
    if row.get("title"):
        yield news(name, row)
    target = row.get("logparams", {})
    if target.get("target_title"):
        there = {"title": target["target_title"], "ns": target["target_ns"]}
        yield news(f"{name} target", {**row, **there})


def log_entry(row: Row) -> LogEntry | None:
    """A row of `list=logevents`; None where its title is hidden."""
    if "title" not in row:
        return None
    return LogEntry(
        id=row["logid"],
        type=row["type"],
        action=row["action"],
        timestamp=moment(row["timestamp"]),
        user=None if "userhidden" in row else row["user"],
        title=row["title"],
        page_id=row["logpage"],
        params=row.get("params", {}),
    )


def account(row: Row) -> Account:
    """A row of `list=users`, or the object of `meta=userinfo`."""
    name = row["name"]
    if any(row.get(mark) for mark in ("missing", "invalid", "anon")):
        return Account(name, exists=False)
    # `meta=userinfo` and `list=users` name the time differently.
    registered = row.get("registrationdate") or row.get("registration")
    return Account(
        name=name,
        exists=True,
        rights=frozenset(row.get("rights", ())),
        groups=frozenset(row.get("groups", ())),
        blocked="blockid" in row and not row.get("blockpartial", False),
        edit_count=row.get("editcount", 0),
        registered=moment(registered) if registered else None,
        id=row.get("userid", row.get("id", 0)),
        temporary="temp" in row.get("groups", ()),
    )


def rendering(parse: Row) -> Rendering:
    """The object of `action=parse`."""
    return Rendering(
        html=parse["text"],
        categories=tuple(
            sorted(row["category"].replace("_", " ") for row in parse["categories"])
        ),
        warnings=tuple(parse.get("parsewarnings", ())),
    )

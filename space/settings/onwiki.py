"""The settings page of a wiki, `<root>/Settings`: what its community decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from space.codec.page import read_calls
from space.schema.kinds import Value, load_kind
from space.schema.problems import Problem
from space.settings.calendars import CalendarSource, read_calendars
from space.wiki.interwiki import interwiki_prefix
from space.wiki.values import Site

KIND = "settings"
MAIN = "(main)"
STRICTEST = "review"
YES, NO = "yes", "no"
REGISTRY_OFF, MARKED, REVIEWED = "off", "marked", "reviewed"
HOME_OFF, HOME_ALLOWED, HOME_DEFAULT = "off", "allowed", "default"
EVENT_NAMESPACE = 1728
"""The number of `Event:`, where CampaignEvents lets registration be opened."""


def settings_title(root: str) -> str:
    """The title of the settings page of a root."""
    return f"{root}/Settings"


@dataclass(frozen=True, slots=True)
class Settings:
    """The values of the settings page, with the defaults of `schemas/settings.json`.

    `problems` are those of the page; a setting that cannot be read has its default,
    but a policy is then the strictest, and `corrections` are off. `write_interval` is
    in seconds. `calendars` are lines of their own on the page.
    """

    post_policy: str
    event_policy: str
    namespaces: tuple[str, ...]
    reviewer_right: str
    bot: str | None
    tool: str | None
    write_interval: int
    promised_days: int
    report_page: str | None
    confirm_months: int
    map_page: str | None
    data_pages: str | None
    data_licence: str
    corrections: bool
    maintainers_page: str | None
    digest_languages: tuple[str, ...]
    digest_prefix: str | None
    followers_page: str | None
    mentions_a_week: int
    registry: str
    event_home: str
    calendars: tuple[CalendarSource, ...] = ()
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, text: str = "") -> Self:
        """Read the page's wikitext; its first call of the template counts."""
        readings = read_calls(text, KIND)
        problems = readings[0].problems if readings else ()
        calendars, wrong = read_calendars(text)
        values: dict[str, Value] = dict(readings[0].values) if readings else {}
        for problem in problems:
            if problem.field and problem.field.endswith("_policy"):
                values[problem.field] = STRICTEST
            if problem.field == "corrections":
                values[problem.field] = NO
        return cls(
            post_policy=_text(values, "post_policy"),
            event_policy=_text(values, "event_policy"),
            namespaces=_texts(values, "namespaces"),
            reviewer_right=_text(values, "reviewer_right"),
            bot=_text(values, "bot") or None,
            tool=_text(values, "tool").rstrip("/") or None,
            write_interval=int(_text(values, "write_interval")),
            promised_days=int(_text(values, "promised_days")),
            report_page=_text(values, "report_page") or None,
            confirm_months=int(_text(values, "confirm_months")),
            map_page=_text(values, "map_page") or None,
            data_pages=_text(values, "data_pages") or None,
            data_licence=_text(values, "data_licence"),
            corrections=_text(values, "corrections") == YES,
            maintainers_page=_text(values, "maintainers_page") or None,
            digest_languages=tuple(
                code.lower() for code in _texts(values, "digest_languages")
            ),
            digest_prefix=_text(values, "digest_prefix") or None,
            followers_page=_text(values, "followers_page") or None,
            mentions_a_week=int(_text(values, "mentions_a_week")),
            registry=_text(values, "registry"),
            event_home=_text(values, "event_home"),
            calendars=calendars,
            problems=(*problems, *wrong),
        )

    def link_prefix(self, host: str) -> str:
        """What links to the wiki of a host begin with on others, such as `m:`.

        The settings say it, else Wikimedia's own; empty for a wiki that has none.
        """
        named = self.digest_prefix
        return f"{named}:" if named else interwiki_prefix(host)

    def namespace_ids(self, site: Site) -> frozenset[int]:
        """Ids of the namespaces where posts and events may be; no unknown ones."""
        numbers = {MAIN: 0}
        for number, names in site.namespaces.items():
            numbers |= {name.casefold(): number for name in names if name}
        spellings = (name.replace("_", " ").casefold() for name in self.namespaces)
        return frozenset(numbers[name] for name in spellings if name in numbers)

    def event_prefix(self, site: Site) -> str:
        """What titles in the namespace `Event:` begin with, in the wiki's words.

        Empty where the wiki has none, and where posts and events may not be in it.
        """
        if EVENT_NAMESPACE not in self.namespace_ids(site):
            return ""
        return f"{site.namespaces[EVENT_NAMESPACE][0]}:"


def _value(values: Mapping[str, Value], name: str) -> Value:
    return values.get(name) or load_kind(KIND).fields[name].default or ""


def _text(values: Mapping[str, Value], name: str) -> str:
    return str(_value(values, name))


def _texts(values: Mapping[str, Value], name: str) -> tuple[str, ...]:
    return tuple(_value(values, name))

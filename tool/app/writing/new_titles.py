"""Titles of new pages: below the root, and of events also in the namespace `Event:`."""

from dataclasses import dataclass, replace
from datetime import date

from space.publication.titles import WIKI_MAX_BYTES, page_title, suffixes
from space.schema.kinds import Kind, load_kind
from space.settings.onwiki import HOME_DEFAULT, HOME_OFF
from tool.app.form.fields import Form
from tool.app.services import services

BELOW_ROOT, IN_EVENT = HOMES = ("root", "event")
"""Where the page of a new event can be, as the form says it."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What the title of a new page follows from, beside its form.

    `suffix` is an index into `space.publication.titles.suffixes`, 0 for no suffix;
    `home` is one of `HOMES`, empty for what the settings have as the default.
    """

    suffix: int = 0
    home: str = ""

    @property
    def in_event(self) -> bool:
        """Whether the page of an event is to be in `Event:`, if it may be there."""
        is_default = services().community.settings().event_home == HOME_DEFAULT
        return self.home == IN_EVENT or (is_default and self.home != BELOW_ROOT)


AS_USUAL = Naming()


def offered_prefix() -> str:
    """`Event:` as the wiki spells it; empty where the form makes no page there.

    Raises `WikiUnavailableError` while the wiki's namespaces are unknown.
    """
    settings = services().community.settings()
    if settings.event_home == HOME_OFF:
        return ""
    return settings.event_prefix(services().facts.site())


def new_title(form: Form, naming: Naming = AS_USUAL) -> str:
    """The title of a new page; empty if MediaWiki allows no title like it.

    A translation is the subpage of its original that is named by its language. Raises
    `WikiUnavailableError` like `offered_prefix`.
    """
    if naming.suffix == 0 and (title := _translation_title(form)):
        return title
    choices = suffixes(_day(form))
    suffix = choices[min(naming.suffix, len(choices) - 1)]
    title = str(form.values.get("title", ""))
    return page_title(_prefix(form.kind, naming), title, suffix)


def _prefix(kind: Kind, naming: Naming) -> str:
    is_event = kind.name == "event" and naming.in_event
    return (is_event and offered_prefix()) or f"{home_title(kind)}/"


def _translation_title(form: Form) -> str:
    """`<original>/<language>`, as of the Translate extension; empty for other pages."""
    original, code = (str(form.values.get(n, "")) for n in ("original", "language"))
    home = f"{home_title(form.kind)}/" if form.kind.home else ""
    if not code or not original.startswith(home):
        return ""
    title = f"{original}/{code.lower()}"
    return title if len(title.encode()) <= WIKI_MAX_BYTES else ""


def _day(form: Form) -> date:
    """First day of an event, date of a post, else today (UTC), for a title's suffix."""
    written = str(form.values.get("start", form.values.get("date", "")))
    if written:
        return date.fromisoformat(written.partition(" ")[0])
    return services().today


def home_title(of: Kind) -> str:
    """The title of the page whose subpages the records of a kind are.

    For one without a home, that of events.
    """
    return f"{services().config.root}/{of.home or load_kind('event').home}"


def free_naming(form: Form, taken: Naming) -> Naming | None:
    """The first after `taken` whose title does not exist; None when all do."""
    numbers = range(taken.suffix + 1, len(suffixes(_day(form))))
    choices = [replace(taken, suffix=number) for number in numbers]
    titles = {naming: new_title(form, naming) for naming in choices}
    used = services().reader().pages_by_title(titles.values())
    free = (naming for naming, title in titles.items() if title not in used)
    return next(free, None)

"""Registered events in the store, from the bot's pages of entries alone.

A sync of everything makes all of them where anything is new that they follow from.
After a part of the wiki was read, only what pages of that part say is looked at.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from space.publication.publication import Publication
from space.publication.registered import (
    FIRST_ID,
    QUESTIONS,
    is_registered,
    registration_number,
)
from space.publication.similar_events import Plan
from space.review.record import Record
from space.schema.problems import Problem
from space.settings.onwiki import REGISTRY_OFF
from space.settings.ruling_pages import REGISTRATIONS, PageProblems
from space.sources.claims import Claim, claims_of, difference, resolve
from space.sources.entry import Entry
from space.sources.entry_pages import (
    BLOCK,
    entry_page_title,
    entry_pages_of,
    first_number,
    given_page_title,
    read_entries,
    read_given,
)
from space.sources.entry_records import EntryRecords
from space.sources.ics_calendar import NUMBERS
from space.sources.lookalikes import (
    MOST_TOLD,
    Traits,
    coming,
    lookalikes,
    problem_of,
)
from space.sources.registrations import RegistrationDecisions
from space.store.keys import (
    CLAIMED,
    DECISION_PROBLEMS,
    DOUBLES,
    PAGE_REGISTRATIONS,
    REGISTRY_VERSION,
)
from space.store.store import Store
from space.sync.context import Context
from space.sync.ledger import own_text
from space.sync.rules import Rules
from space.sync.sources import Sources
from space.sync.stored_records import StoredRecords
from space.wiki.port import WikiReader
from space.wiki.values import PageCopy, Site

_WHEN = ("start", "end", "timezone", "recurrence")
_OF_A_PART = "part"
"""`REGISTRY_VERSION` where all is to be looked at by the next sync of everything."""


def read_known(wiki: WikiReader, sources: Sources, bot: str) -> Mapping[int, Entry]:
    """The entries of a bot's own pages, by number.

    Raises `WikiUnavailableError` when the wiki does not answer.
    """
    return _own_entries(wiki, _copies(sources, bot), bot)


def read_lost(wiki: WikiReader, bot: str) -> tuple[range, ...]:
    """Ids of registrations on each page of the bot that is there no more.

    Each page up to the last one is written once all its ids were asked for, so that one
    which is not there was deleted. Raises `WikiUnavailableError`.
    """
    pages = {info.title for info in wiki.subpages(entry_pages_of(bot).folder)}
    firsts = [n for title in pages if (n := first_number(title)) not in NUMBERS]
    return tuple(
        range(max(first, 1), first + BLOCK)
        for first in range(0, max(firsts, default=0), BLOCK)
        if entry_page_title(bot, first) not in pages
    )


def read_highest_given(wiki: WikiReader, sources: Sources, bot: str) -> int:
    """The highest number that the bot gave an event of a calendar, 0 for none yet.

    Raises `WikiUnavailableError` when the wiki does not answer.
    """
    title = given_page_title(bot)
    copy = sources.read([title]).get(title)
    return read_given(own_text(wiki, copy, bot) or "") if copy else 0


def follow_registry(
    wiki: WikiReader, store: Store, sources: Sources, rules: Rules, today: date
) -> None:
    """Bring the store's registered events to what the bot's pages say.

    What records of pages are about is no entry of its own. Pages get a problem where
    their times are other ones, and where on the UTC day another event looks like
    theirs. None are in the store where the settings do not want them, and then the wiki
    is not asked. Raises `WikiUnavailableError` when it does not answer.
    """
    records = StoredRecords(store)
    if rules.registry == REGISTRY_OFF:
        store.remove(*store.records.registered_ids())
        if store.value(REGISTRY_VERSION):
            _tell(store, records.values(), {})
            for key in (CLAIMED, DOUBLES, PAGE_REGISTRATIONS):
                store.set_value(key, None)
            store.set_value(DECISION_PROBLEMS, None)
            store.set_value(REGISTRY_VERSION, None)
        return
    copies = _copies(sources, rules.bot)
    pages = _Pages.of(records.values(), wiki.site(), rules, today)
    if store.value(REGISTRY_VERSION) == _version(copies, rules, pages, pages.told):
        return
    entries = _own_entries(wiki, copies, rules.bot)
    claimed = resolve(pages.claims, entries.values())
    made, doubles = _records_of(entries, claimed, rules, store)
    problems = _differences(entries, claimed, records)
    traits = dict(pages.traits)
    traits |= _traits(filter(None, (r.publication for r in made.values())), today)
    _add_lookalikes(problems, traits, rules)
    for number in problems.keys() & made.keys():
        made[number] = replace(made[number], problems=tuple(problems[number]))
    _replace(store, made)
    _tell(store, records.values(), problems)
    _keep_claims(store, entries, claimed)
    store.set_value(DOUBLES, {str(number): doubles[number] for number in doubles})
    _keep_doubts(store, rules, entries, pages.named)
    told = {page: tuple(problems[page]) for page in sorted(problems)}
    own = {page: told[page] for page in told if not is_registered(page)}
    store.set_value(REGISTRY_VERSION, _version(copies, rules, pages, own))


def follow_part(context: Context, page_ids: Collection[int]) -> None:
    """Bring registered events to what some pages say, by what is stored of all others.

    Asks no wiki. What other pages say of the same events is left to `follow_registry`.
    """
    store, rules, today = context.store, context.rules, context.today
    if rules.registry == REGISTRY_OFF or not store.value(REGISTRY_VERSION):
        return
    records = store.records.of(page_ids)
    pages = _Pages.of(records.values(), context.site, rules, today)
    claimed = {int(n): page for n, page in (store.value(CLAIMED) or {}).items()}
    problems: dict[int, list[Problem]] = {}
    if pages.claims or not set(claimed.values()).isdisjoint(page_ids):
        entries = _stored_entries(context.sources, rules.bot)
        others = [
            Claim(page, n, frozenset(), is_decided=n in rules.registrations.same)
            for n, page in claimed.items()
            if page not in page_ids
        ]
        now = resolve([*others, *pages.claims], entries.values())
        _change_claims(store, rules, entries, claimed, now)
        own = {n: page for n, page in now.items() if page in records}
        problems = _differences(entries, own, records)
    for page, traits in pages.traits.items():
        near = _registered_near(store, records[page], today)
        _add_lookalikes(problems, {page: traits, **_traits(near, today)}, rules)
    _tell(store, records.values(), problems)


@dataclass(slots=True)
class _Pages:
    """What events of pages say that registered ones depend on.

    `told` are problems that pages have of their registrations, by page id; `when` says
    of pages with claims when their events are. `named` are the ids and titles among
    those of events' pages that reviewers name. All is as of a UTC day.
    """

    today: date
    claims: list[Claim] = field(default_factory=list)
    when: list[str] = field(default_factory=list)
    traits: dict[int, Traits] = field(default_factory=dict)
    told: dict[int, tuple[Problem, ...]] = field(default_factory=dict)
    named: set[int | str] = field(default_factory=set)

    @classmethod
    def of(
        cls, records: Iterable[Record], site: Site, rules: Rules, today: date
    ) -> "_Pages":
        """Go through records once."""
        pages, decided = cls(today), rules.registrations.by_event()
        for record in records:
            told = tuple(p for p in record.problems if p.code in QUESTIONS)
            if told:
                pages.told[record.page_id] = told
            if record.kind == "event":
                names = (record.page_id, record.page_title)
                pages.named.update(name for name in names if name in decided)
            event = record.publication
            if event is None or event.kind != "event":
                continue
            claims = tuple(claims_of(event, site, decided))
            if claims:
                values = map(event.values.get, _WHEN)
                pages.when.append(f"{event.page_id} {list(values)}")
                pages.claims += claims
            pages.traits |= _traits([event], today)
        return pages


def _records_of(
    entries: Mapping[int, Entry], claimed: Mapping[int, int], rules: Rules, store: Store
) -> tuple[dict[int, Record], Mapping[int, int]]:
    """The records of entries that no page is about, by id, each event once.

    And the numbers that are left out for that, with those in whose place they are.
    """
    decisions = rules.registrations
    calendars = rules.calendars
    listing = EntryRecords(rules.registry, decisions, store.addresses, calendars)
    made = map(listing.record_of, (entries[n] for n in entries if n not in claimed))
    records = {record.page_id: record for record in made if record}
    listed = {registration_number(n) for n, r in records.items() if r.publication}
    doubles = decisions.doubles(listed, claimed)
    for number in doubles:
        del records[FIRST_ID + number]
    return records, doubles


def _change_claims(
    store: Store,
    rules: Rules,
    entries: Mapping[int, Entry],
    before: Mapping[int, int],
    now: Mapping[int, int],
) -> None:
    """Take out what pages are about now, and put back what they are no more."""
    if before == now:
        return
    store.set_value(REGISTRY_VERSION, _OF_A_PART)
    store.remove(*(FIRST_ID + number for number in sorted(now.keys() - before.keys())))
    free = {FIRST_ID + number for number in before.keys() - now.keys()}
    if free:
        made, _ = _records_of(entries, now, rules, store)
        store.put(*(made[number] for number in sorted(free & made.keys())))
    _keep_claims(store, entries, now)


def _keep_claims(
    store: Store, entries: Mapping[int, Entry], claimed: Mapping[int, int]
) -> None:
    """Store which page is about which event, and where people register for it."""
    pages = {
        str(page): entries[number].sign_up
        for number, page in claimed.items()
        if not entries[number].calendar
    }
    store.set_value(CLAIMED, {str(number): page for number, page in claimed.items()})
    store.set_value(PAGE_REGISTRATIONS, pages)


def _keep_doubts(
    store: Store,
    rules: Rules,
    entries: Collection[int],
    named: Collection[int | str],
) -> None:
    """Store what reviewers decided on events or pages that nobody knows."""
    problems = tuple(rules.registrations.problems(entries, named))
    title = REGISTRATIONS.title(rules.root)
    told = (PageProblems(title, problems),) if problems else ()
    store.set_value(DECISION_PROBLEMS, told)


def _differences(
    entries: Mapping[int, Entry],
    claimed: Mapping[int, int],
    records: Mapping[int, Record],
) -> dict[int, list[Problem]]:
    """The problems of pages whose times are not those of their registrations."""
    problems = defaultdict[int, list[Problem]](list)
    for number, page in sorted(claimed.items()):
        event = records[page].publication
        entry = entries[number]
        problem = difference(event, entry) if event and not entry.calendar else None
        if problem:
            problems[page].append(problem)
    return problems


def _add_lookalikes(
    problems: dict[int, list[Problem]], traits: Mapping[int, Traits], rules: Rules
) -> None:
    """Add the problems of events that look like registered ones, some at most."""
    told: Counter[int] = Counter()
    for pair in lookalikes(traits.values()):
        is_decided = registration_number(pair.other) in rules.registrations.apart
        if not is_decided and told[pair.one] < MOST_TOLD:
            told[pair.one] += 1
            problems.setdefault(pair.one, []).append(problem_of(traits[pair.other]))


def _registered_near(
    store: Store, record: Record, today: date
) -> Iterator[Publication]:
    """The registered events about the times of a page's."""
    event = record.publication
    if event is not None:
        plan = Plan(event.values, coming(event, today))
        for candidate in store.events.candidates(plan):
            if is_registered(candidate.publication.page_id):
                yield candidate.publication


def _traits(events: Iterable[Publication], today: date) -> dict[int, Traits]:
    """What is compared of events that are not over, by id."""
    traits = (Traits.of(event, today) for event in events)
    return {each.id: each for each in traits if each}


def _replace(store: Store, records: Mapping[int, Record]) -> None:
    """Have the store hold these registered events and no others."""
    before = {record.page_id: record for record in store.records.registered()}
    store.remove(*sorted(before.keys() - records.keys()))
    store.put(*(records[n] for n in sorted(records) if records[n] != before.get(n)))


def _tell(
    store: Store,
    records: Iterable[Record],
    problems: Mapping[int, Sequence[Problem]],
) -> None:
    """Give pages the problems that registrations make, and only these pages."""
    for record in records:
        others = tuple(p for p in record.problems if p.code not in QUESTIONS)
        own = tuple(problems.get(record.page_id, ()))
        if record.problems != others + own:
            store.set_problems(record.page_id, *others, *own)


def _copies(sources: Sources, bot: str) -> Mapping[str, PageCopy]:
    return sources.read(families=[entry_pages_of(bot)])


def _own_entries(
    wiki: WikiReader, copies: Mapping[str, PageCopy], bot: str
) -> dict[int, Entry]:
    return _entries(own_text(wiki, copies[title], bot) or "" for title in copies)


def _stored_entries(sources: Sources, bot: str) -> dict[int, Entry]:
    """The entries by the store's copies of the bot's pages; asks no wiki."""
    copies = sources.stored(sources.stored_of(entry_pages_of(bot))).values()
    return _entries(copy.text for copy in copies if copy.user == bot)


def _entries(texts: Iterable[str]) -> dict[int, Entry]:
    entries: dict[int, Entry] = {}
    for text in texts:
        entries |= read_entries(text)
    return dict(sorted(entries.items()))


def _version(
    copies: Mapping[str, PageCopy],
    rules: Rules,
    pages: _Pages,
    told: Mapping[int, Sequence[Problem]],
) -> str:
    """A hash of all that the store's registered events follow from, and of `told`."""
    parts = [
        f"{pages.today} {rules.registry}",
        *_decided(rules.registrations),
        *sorted(rules.calendars),
        *(f"{title} {copies[title].latest}" for title in sorted(copies)),
        *(f"{c.page_id} {c.number} {sorted(c.titles)}" for c in pages.claims),
        *pages.when,
        *(_compared(pages.traits[page]) for page in sorted(pages.traits)),
        *(f"{page} {told[page]}" for page in sorted(told)),
        *sorted(f"{name!r} is there" for name in pages.named),
    ]
    return sha256("\n".join(parts).encode()).hexdigest()


def _decided(decisions: RegistrationDecisions) -> Iterator[str]:
    yield from map(str, sorted(decisions.approved))
    yield from (f"-{number}" for number in sorted(decisions.hidden))
    yield from sorted(decisions.hidden_pages)
    yield from (f"@{name}" for name in sorted(decisions.hidden_people))
    yield from (f"{n}={decisions.same[n]}" for n in sorted(decisions.same))
    yield from (f"{number}=" for number in sorted(decisions.apart))


def _compared(traits: Traits) -> str:
    told = (traits.times, traits.mode, traits.country, sorted(traits.wikis))
    return f"{traits.id} {traits.title} {told}"

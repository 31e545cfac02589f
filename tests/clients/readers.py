"""Programs that people's calendars are made of, each reading a whole calendar.

What a client gets wrong is left out here, as narrowly as can be; `docs/feeds.md` has
the list.
"""

import json
import subprocess
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from pathlib import Path
from typing import Any

import icalendar
import recurring_ical_events
from ical.calendar_stream import IcsCalendarStream

from tests.clients.seen import FROM, TO, Seen, instant

HERE = Path(__file__).parent
KHAL = """\
[calendars]
[[space]]
path = {folder}/calendar
[sqlite]
path = {folder}/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = UTC
default_timezone = UTC
"""

DAY = timedelta(days=1)
Reader = Callable[[str, Path], list[Seen]]
"""Reads a calendar, with a folder to work in."""


def run(command: list[str], text: str = "", **environment: str) -> str:
    """What a program prints of a text."""
    done = subprocess.run(
        command,
        input=text.encode(),
        capture_output=True,
        timeout=120,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **environment},
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout.decode()


def thunderbird(text: str, _: Path) -> list[Seen]:
    """ical.js."""
    return node(text)["thunderbird"]


def node_ical(text: str, _: Path) -> list[Seen]:
    """node-ical, of many web calendars."""
    return node(text)["web"]


def ts_ics(text: str, _: Path) -> list[Seen]:
    """ts-ics, of CalDAV clients for the web."""
    return list(
        map(Seen.of, json.loads(run(["node", str(HERE / "read_ts_ics.mjs")], text)))
    )


def node(text: str) -> dict[str, list[Seen]]:
    """Both of them at once, as Node takes its time to start."""
    answer = run(
        ["node", str(HERE / "read_ics.mjs"), str(FROM), str(TO)], text, TZ="UTC"
    )
    return {
        name: list(map(Seen.of, found)) for name, found in json.loads(answer).items()
    }


def libical(text: str, _: Path) -> list[Seen]:
    """libical, of Evolution and KOrganizer."""
    return list(map(Seen.of, ask_libical(text)["events"]))


def ask_libical(text: str) -> Any:
    """What libical reads, and what it has to say of it."""
    program = str(HERE / "read_libical.py")
    return json.loads(run(["/usr/bin/python3", program, str(FROM), str(TO)], text))


def icalendar_py(text: str, _: Path) -> list[Seen]:
    """icalendar and recurring-ical-events (PyPI)."""
    calendar = icalendar.Calendar.from_ical(text)
    assert not [each for each in calendar.walk() if each.errors]
    found = []
    for event in calendar.walk("VEVENT"):
        times: list[str] = []
        if "RRULE" in event:
            alone = icalendar.Calendar()
            alone.subcomponents = [*calendar.walk("VTIMEZONE"), event]
            # It goes by days of the place, and by what is still going on.
            expanded = recurring_ical_events.of(alone).between(FROM - DAY, TO + DAY)
            starts = [each.start for each in expanded]
            times = sorted(_named(each) for each in starts if FROM <= _day(each) < TO)
        found.append(
            Seen(
                uid=str(event["UID"]),
                summary=str(event["SUMMARY"]),
                description=str(event["DESCRIPTION"]),
                location=str(event.get("LOCATION", "")),
                start=_named(event.start),
                end=_named(event.end),
                times=tuple(times),
            )
        )
    return found


def ics_py(text: str, _: Path) -> list[Seen]:
    """ics (PyPI), which expands no series."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it is older than the libraries it uses
        import ics

        events = ics.Calendar(text).events
        return [
            Seen(
                uid=event.uid,
                summary=event.name,
                description=event.description,
                location=event.location or "",
                start=_named(
                    event.begin.date() if event.all_day else event.begin.datetime
                ),
            )
            for event in events
        ]


def ical_py(text: str, _: Path) -> list[Seen]:
    """ical (PyPI), of Home Assistant."""
    calendar = IcsCalendarStream.calendar_from_ics(text)
    times: dict[str, list[str]] = {}
    first, last = (datetime.combine(day, time(), UTC) for day in (FROM, TO))
    for event in calendar.timeline_tz(UTC).overlapping(first, last):
        if _day(event.start) < FROM:
            continue
        times.setdefault(event.uid, []).append(_named(event.start))
    return [
        Seen(
            uid=event.uid,
            summary=event.summary or "",
            description=event.description,
            location=event.location or "",
            start=_named(event.start),
            end=_named(event.end) if event.dtend else None,
            times=tuple(times.get(event.uid, ())) if event.rrule or event.rdate else (),
        )
        for event in calendar.events
    ]


def vobject_py(text: str, _: Path) -> list[Seen]:
    """vobject (PyPI)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import vobject

        # It keeps the first VTIMEZONE of a name for all calendars to come.
        vars(vobject.icalendar)["__tzidMap"].clear()
        return [_from_vobject(event) for event in vobject.readOne(text).vevent_list]


def _from_vobject(event: Any) -> Seen:
    rules = event.getrruleset(True)
    start = event.dtstart.value
    times = [_like(start, each) for each in _until(rules, TO)] if rules else []
    location = getattr(event, "location", None)
    return Seen(
        uid=event.uid.value,
        summary=event.summary.value,
        description=event.description.value,
        location=location.value if location else "",
        start=_named(start),
        times=tuple(_named(each) for each in times if _day(each) >= FROM),
    )


def _until(rules: Any, last: date) -> Iterator[datetime]:
    return takewhile(lambda each: _day(each) < last, rules)


def _like(start: date | datetime, moment: datetime) -> date | datetime:
    return moment if isinstance(start, datetime) else moment.date()


def khal(text: str, folder: Path) -> list[Seen]:
    """khal (Debian), after an import into a calendar of its own."""
    home, file = folder / "khal", folder / "calendar.ics"
    (home / "calendar").mkdir(parents=True)
    config = home / "config"
    config.write_text(KHAL.format(folder=home), encoding="utf-8")
    file.write_text(text, encoding="utf-8", newline="")
    base = ["/usr/bin/khal", "--config", str(config)]
    own = {"HOME": str(home)}
    run([*base, "import", "--batch", "--include-calendar", "space", str(file)], **own)
    first, days = FROM, (TO - FROM).days
    form = "{uid}\t{all-day}\t{start-date-long}\t{start-time-full}\t{title}"
    listing = [
        *base,
        "list",
        "--day-format",
        "",
        "--format",
        form,
        str(first),
        f"{days}d",
    ]
    found: dict[str, Seen] = {}
    for line in run(listing, **own).splitlines():
        uid, all_day, day, clock, title = line.split("\t")
        start = day if all_day == "True" else f"{day}T{clock}:00Z"
        known = found.get(uid)
        times = {*(known.times or () if known else ()), start}
        found[uid] = Seen(uid, title, min(times), times=tuple(sorted(times)))
    return list(found.values())


def _named(moment: date | datetime) -> str:
    if isinstance(moment, datetime):
        return instant(moment.astimezone(UTC))
    return moment.isoformat()


def _day(moment: date | datetime) -> date:
    if not isinstance(moment, datetime):
        return moment
    return moment.astimezone(UTC).date() if moment.tzinfo else moment.date()


READERS: dict[str, Reader] = {
    "ical.js": thunderbird,
    "node-ical": node_ical,
    "ts-ics": ts_ics,
    "libical": libical,
    "icalendar": icalendar_py,
    "ics": ics_py,
    "ical": ical_py,
    "vobject": vobject_py,
}

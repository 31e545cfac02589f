"""CampaignEvents' registrations by its public REST interface, for the sandbox.

The wiki of the sandbox lacks the extension. This answers `GET` of one registration and
of its organizers as a stranger gets them: the members of CampaignEvents' own schemas
`EventRegistration` and `OrganizerList`, MediaWiki's shapes of errors (404 for an
unknown id and for a deleted one, 500 of a fault, 429 of the servers before it), test
events, closed ones, "all wikis", times beside changes of the clock, offsets, pages of
other wikis, and holes among the ids.

Not imitated: every other path of the interface (participants, questions, the events of
a person), further pages of organizers (an event has ten at most, a page eleven),
signing in and what participants then see, writing, the namespace `Event:` itself and
its special pages, caching headers (the real answers have none either), the rate limits
of particular networks, and databases that lag.

Where the sandbox's folder has a file `registrations.json`, its events stand in place of
these: id → members that differ, `{"status": 500}`, or null for a deleted one. Beside
those of the interface an event may have `organizers`, which are names of accounts.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Response

PATH = re.compile(
    r"/w/rest\.php/campaignevents/v0/event_registration/([^/]+)(/organizers)?"
)
DATABASE = "wiki"
"""The name of the sandbox wiki's own."""
HOLE = 60
"""Ids in a row that were never given out, or whose registrations are gone."""
EVENTS = 500
ORGANIZERS = "organizers"
_ORGANIZER = "Olu"
_COUNTRIES = ("NZ", "DE", "IN", "GH", "BR", "US", "JP", "NG")
_ZONES = {
    "NZ": "Pacific/Auckland",
    "DE": "Europe/Berlin",
    "IN": "Asia/Kolkata",
    "GH": "Africa/Accra",
    "BR": "America/Sao_Paulo",
    "US": "America/New_York",
    "JP": "Asia/Tokyo",
    "NG": "Africa/Lagos",
}
_TYPES = (
    "editing-event",
    "workshop",
    "meetup",
    "training-seminar",
    "media-upload-event",
)
_TOPICS = ("women", "history", "medicine-and-health", "music", "africa")
_FIRST_DAY = datetime(2026, 9, 1, 10)  # noqa: DTZ001 - a wall time
_DELETED = "campaignevents-rest-get-registration-deleted"
_UNKNOWN = "campaignevents-rest-event-not-found"

Registration = dict[str, Any]


def registration(number: int, **members: Any) -> Registration:
    """The answer for an event that is like most, but for some members."""
    country = _COUNTRIES[number % len(_COUNTRIES)]
    starts = _FIRST_DAY + timedelta(days=number)
    return {
        "id": number,
        "name": f"Registered event {number}",
        "event_page": f"Event:Registered event {number}",
        "event_page_wiki": DATABASE,
        "status": "open",
        "timezone": _ZONES[country],
        "start_time": f"{starts:%Y%m%d%H%M%S}",
        "end_time": f"{starts + timedelta(hours=3):%Y%m%d%H%M%S}",
        "types": [_TYPES[number % len(_TYPES)]],
        "wikis": ["enwiki"],
        "topics": [_TOPICS[number % len(_TOPICS)]],
        "tracking_tools": [],
        "online_meeting": number % 3 != 1,
        "inperson_meeting": number % 3 != 2,
        "meeting_country_code": country if number % 3 != 2 else None,
        "meeting_address": f"{number} Long Street" if number % 3 != 2 else None,
        "is_test_event": False,
        "tracks_contributions": False,
        "goal_type": None,
        "goal_target": None,
        "questions": [1, 2],
        **members,
    }


_PARTICULAR: Mapping[int, Mapping[str, Any] | None] = {
    4: {"status": "closed"},
    5: {"is_test_event": True, "name": "Testing, please ignore"},
    6: None,
    7: {"wikis": ["*"], "name": "Every wiki"},
    8: {
        "name": "In the hour that is skipped",
        "timezone": "Europe/Berlin",
        "start_time": "20270328023000",
        "end_time": "20270328040000",
    },
    9: {
        "name": "In the hour that comes twice",
        "timezone": "America/New_York",
        "start_time": "20261101013000",
        "end_time": "20261101013000",
    },
    10: {"timezone": "+05:45", "name": "By an offset"},
    11: {
        "event_page_wiki": "frwiki",
        "event_page": "Évènement:Été des musées",
        "name": "Été des musées <b>[[à]] Lyon</b>",
    },
    12: {"types": [], "topics": [], "wikis": []},
    13: {"types": ["other", "conference"]},
}


class Registrations:
    """The registrations of one sandbox, `file` being that of others than the sample."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._sample = dict(sample_registrations())

    def answer(self, path: str) -> Response | None:
        """The answer to a request by its path; None for another one's path."""
        match = PATH.fullmatch(path)
        if match is None:
            return None
        if not match[1].isdecimal():
            text = "Invalid value for parameter id"
            return error(400, "paramvalidator-badinteger-type", text)
        answer = organizers_of if match[2] else answer_of
        return answer(int(match[1]), self._events())

    def _events(self) -> Mapping[int, Registration | None]:
        """The events as they are now."""
        if self._file is None or not self._file.exists():
            return self._sample
        rows = json.loads(self._file.read_text("utf-8"))
        return {
            int(key): None if row is None else {**registration(int(key)), **row}
            for key, row in rows.items()
        }


def sample_registrations() -> Iterator[tuple[int, Registration | None]]:
    """Id → answer of 500 events and a deleted one, with two holes of 60 ids."""
    number, events = 0, 0
    while events < EVENTS:
        number += HOLE + 1 if events in {13, 300} else 1
        members = _PARTICULAR.get(number, {})
        yield number, None if members is None else registration(number, **members)
        events += members is not None


def answer_of(number: int, events: Mapping[int, Registration | None]) -> Response:
    """The answer for an id; an event whose `status` is a number fails with it."""
    if number not in events:
        return error(404, _UNKNOWN, "The event does not exist.")
    event = events[number]
    if event is None:
        return error(404, _DELETED, "This event has been deleted.")
    match event["status"]:
        case 429:
            text, headers = "Too many requests\n", {"Retry-After": "1"}
            return Response(text, 429, headers, mimetype="text/html")
        case int() as status:
            return error(status, None, "Error: exception of type RuntimeException")
    return _json({name: event[name] for name in event if name != ORGANIZERS}, 200)


def organizers_of(number: int, events: Mapping[int, Registration | None]) -> Response:
    """The answer for the organizers of an event; a deleted one still has them."""
    if number not in events:
        return error(404, _UNKNOWN, "The event does not exist.")
    names = (events[number] or {}).get(ORGANIZERS, [_ORGANIZER])
    rows = [
        {
            "organizer_id": number * 10 + place,
            "user_id": 1000 + place,
            "user_name": name,
            "roles": ["creator" if place == 0 else "organizer"],
            "user_page": {
                "path": f"/wiki/User:{name}",
                "title": name,
                "classes": "mw-userlink",
            },
        }
        for place, name in enumerate(names)
    ]
    return _json(rows, 200)


def error(status: int, key: str | None, text: str) -> Response:
    """An error as MediaWiki's REST interface tells it."""
    reason = {400: "Bad Request", 404: "Not Found"}.get(status, "Internal Server Error")
    told: dict[str, Any] = {"message": text}
    if key:
        told = {"errorKey": key, "messageTranslations": {"en": text}}
    return _json({**told, "httpCode": status, "httpReason": reason}, status)


def _json(value: Mapping[str, Any] | list[Registration], status: int) -> Response:
    return Response(json.dumps(value), status, mimetype="application/json")

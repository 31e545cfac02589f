"""A feed that is another file each time, though nothing has changed.

DTSTAMP of the moment (The Events Calendar before 6.16.4.1, Discourse, Indico) and the
order of a set (icalendar's `add_missing_timezones`: three hash seeds, three files)
defeat caches, ETags and bots that save only what changed. Ours are a function of the
wiki and the UTC day.
"""

import hashlib
import os
import subprocess
import sys

PROGRAM = """
import sys
from datetime import datetime

import time_machine

from space.data_pages.pages import event_pages, post_pages
from space.data_pages.map import map_pages
from space.publication.filters import Filter
from space.store import Record, Store, open_engine
from tests.clients.seen import rich
from tests.support.feeds.publications import ADDRESSES, TODAY, post

with time_machine.travel(datetime.fromisoformat(sys.argv[1])):
    store = Store(open_engine("sqlite://"), ADDRESSES)
    store.prepare("key", TODAY)
    posts = [post(number, topics=("b", "a")) for number in range(20, 30)]
    for each in (*rich(), *posts):
        store.put(
            Record(
                each.page_id, each.kind, each.page_title, 0, 1, "published",
                publication=each,
            )
        )
    forms = {"ics": "event", "geojson": "event", "csv": "event", "atom": "post"}
    for form, kind in forms.items():
        wanted = Filter(kind)
        print(store.feeds.summary(form, wanted, TODAY))
        print("".join(store.feeds.fragments(form, wanted, TODAY)))
    occurrences = list(store.events.between(None, None))
    print(event_pages("Bot", occurrences))
    print(map_pages("Bot", occurrences, TODAY))
    print(post_pages("Bot", store.posts.newest()))
    store._engine.dispose()
"""


def test_feeds_when_hash_seeds_and_hours_differ_then_bytes_do_not() -> None:
    outputs = set()
    for seed, hour in (("1", "00:00:01"), ("2", "12:00:00"), ("3", "23:59:59")):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, f"2026-11-22T{hour}+00:00"],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        assert done.stdout.count(b"BEGIN:VEVENT") > 10
        outputs.add(hashlib.sha256(done.stdout).hexdigest())
    assert len(outputs) == 1

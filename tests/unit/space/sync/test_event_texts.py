"""Events in several languages, from the wiki into the feeds."""

from space.store.queries.index_snapshot import EVERYTHING
from tests.support.wiki.bot_and_wiki import BotAndWiki

OTHER_FORMS = ("ics@ar", "csv@ar", "geojson@ar")
ORIGINAL = "Space/Events/Walk"
HIDDEN = {
    "start": "2027-05-05 09:00",
    "timezone": "Asia/Tokyo",
    "country": "JP",
    "city": "Secretville",
    "coordinates": "35.0, 139.0",
    "contact": "phone@example.org",
    "organizers": "Mallory",
    "online link": "https://evil.example/join",
    "registration link": "https://evil.example/register",
    "status": "cancelled",
    "recurrence": "FREQ=DAILY;COUNT=3",
}


def translation(language: str = "ar", original: str = ORIGINAL, **values: str) -> str:
    given = {
        "original": original,
        "language": language,
        "title": "مسيرة",
        "summary": "ملخص",
        **values,
    }
    lines = "".join(f"\n| {name} = {value}" for name, value in given.items())
    return f"{{{{Space event translation{lines}\n}}}}\nنص"


def feed(bot_and_wiki: BotAndWiki, form: str = "ics@ar") -> str:
    today = bot_and_wiki.admin.state.now.date()
    texts = bot_and_wiki.store.feeds.fragments(form, EVERYTHING, today)
    return "".join(texts).replace("\r\n ", "")


def test_sync_when_a_translation_is_reviewed_then_only_its_text_is_shown(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.policy(event="review")
    bot_and_wiki.approve(ORIGINAL, bot_and_wiki.event(ORIGINAL))
    title = f"{ORIGINAL}/ar"
    revision = bot_and_wiki.ann.write(title, translation(**HIDDEN)).revid
    bot_and_wiki.sync()
    assert bot_and_wiki.state(title) == "waiting"
    assert "مسيرة" not in feed(bot_and_wiki)

    bot_and_wiki.approve(title, revision)
    bot_and_wiki.sync()
    told = feed(bot_and_wiki)
    assert told.count("BEGIN:VEVENT") == 1
    assert "SUMMARY;LANGUAGE=ar:مسيرة" in told
    assert "DTSTART;TZID=Pacific/Auckland:20261128T100000" in told
    everything = "".join(feed(bot_and_wiki, form) for form in OTHER_FORMS) + told
    for value in ("Tokyo", "JP", "Secretville", "example", "Mallory", "2027", "RRULE"):
        assert value not in everything, value
    assert "STATUS:CONFIRMED" in told

    bot_and_wiki.ann.write(title, translation(title="تغيير"))
    bot_and_wiki.sync()
    assert "تغيير" not in feed(bot_and_wiki)


def test_sync_when_the_original_moves_or_goes_then_its_text_follows(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.policy(event="open")
    bot_and_wiki.event(ORIGINAL)
    bot_and_wiki.ann.write(f"{ORIGINAL}/ar", translation())

    def told() -> bool:
        bot_and_wiki.sync()
        dump = bot_and_wiki.dump()
        bot_and_wiki.sync(full=True)
        assert bot_and_wiki.dump() == dump
        bot_and_wiki.drop_store()
        bot_and_wiki.sync(full=True)
        assert bot_and_wiki.dump() == dump
        return "مسيرة" in feed(bot_and_wiki)

    assert told()
    bot_and_wiki.admin.move(ORIGINAL, "Space/Events/Moved", redirect=True)
    assert told()
    newest = bot_and_wiki.event("Space/Events/Moved", status="cancelled")
    assert told()
    assert "STATUS:CANCELLED" in feed(bot_and_wiki)
    bot_and_wiki.approve("Space/Events/Moved", newest, "withdraw")
    assert not told()

import re
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from space.imports.calendar.decoding import MAX_BYTES
from space.settings.topics import Topics
from tests.support.feeds.publications import event
from tests.support.tool.app import CONFIG, ToolApp, csrf_of, fields_of
from tool.app.writing.importing import MAX_REQUEST, SHOWN

CORPUS = Path(__file__).parents[3] / "corpus" / "ics"
PATH = "/write/event/import"


def send(
    tool: ToolApp, *, file: bytes | None = None, token: str = "", **fields: Any
) -> TestResponse:
    data = {"csrf": token or csrf_of(tool.get(PATH)), "text": "", **fields}
    if file is not None:
        data["file"] = FileStorage(BytesIO(file), "calendar.ics", "file")
    boundary, body = encode_multipart(MultiDict(data))
    return tool.client.post(
        PATH,
        data=body,
        base_url=CONFIG.public_url,
        content_type=f"multipart/form-data; boundary={boundary}",
    )


def vcalendar(*events: str) -> str:
    inside = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\n{inside}END:VCALENDAR\n"


def numbered(count: int) -> str:
    return vcalendar(
        *(
            f"SUMMARY:Event {number}\nDTSTART:202611{1 + number % 30:02}T100000Z"
            for number in range(count)
        )
    )


def picks(response: TestResponse) -> list[str]:
    items = re.findall(
        r'name="pick" value="\d+">\s*<bdi[^>]*>(.*?)</bdi>', response.text
    )
    return list(map(unescape, items))


def test_file_when_it_has_one_event_then_the_form_is_filled_in(
    tool: ToolApp,
) -> None:
    tool.store.set_topics(Topics({"climate": "climate-change"}))
    tool.publish(event(12, topics=("Edit-a-thon",)))
    response = send(tool, file=(CORPUS / "events-calendar.ics").read_bytes())
    assert response.status_code == 200
    fields = fields_of(response.text)
    assert fields["title"] == "Edit-a-thon: rivers & lakes"
    assert (fields["start-date"], fields["start-time"]) == ("2026-12-05", "13:00")
    assert fields["timezone"] == "America/Chicago"
    assert fields["country"] == "United States"
    assert fields["topics"] == "edit-a-thon; climate-change"
    assert fields["body"].strip() == "Everybody is welcome."
    assert "they were left out: unknown-thing." in response.text
    assert 'action="/write/event"' in response.text
    assert "Nothing is saved yet" in response.text


def test_form_when_filled_in_and_sent_then_the_page_is_on_the_wiki(
    tool: ToolApp,
) -> None:
    tool.sign_in()
    form = send(tool, file=(CORPUS / "mobilizon.ics").read_bytes())
    fields = fields_of(form.text) | {"action": "save"}
    assert tool.post_raw("/write/event", **fields).status_code == 303
    title = "Space/Events/Atelier d’écriture"
    text = tool.wiki.texts([title])[title].text
    assert text is not None
    assert "| timezone    = Europe/Paris\n" in text
    assert "| coordinates = 45.764, 4.8357\n" in text


def test_form_when_nobody_is_signed_in_then_signing_in_leads_to_the_form(
    tool: ToolApp,
) -> None:
    form = send(tool, file=(CORPUS / "apple.ics").read_bytes())
    assert 'name="return_to" value="/write/event"' in form.text


def test_problems_when_a_file_has_some_then_are_named_at_their_fields(
    tool: ToolApp,
) -> None:
    response = send(tool, text=(CORPUS / "hand-made.ics").read_text())
    text = unescape(response.text)
    assert response.status_code == 200
    for name in ("timezone", "country", "recurrence"):
        assert f'id="field-{name}-problem"' in text
    assert "The times have no time zone" in text
    assert "FREQ=HOURLY" in text


def test_text_when_it_is_an_announcement_then_what_it_says_is_used(
    tool: ToolApp,
) -> None:
    response = send(tool, text=(CORPUS / "announcement.txt").read_text())
    fields = fields_of(response.text)
    assert fields["title"] == "Wiki breakfast in Accra"
    assert (fields["start-date"], fields["end-time"]) == ("2026-11-28", "11:30")
    assert "kofi@" not in response.text


def test_file_when_it_has_many_events_then_coming_ones_are_offered_first(
    tool: ToolApp,
) -> None:
    text = vcalendar(
        "SUMMARY:Past\nDTSTART:20200101T100000Z",
        "SUMMARY:Later <b>\nDTSTART:20270101T100000Z",
        "SUMMARY:Weekly\nDTSTART:20200101T100000Z\nRRULE:FREQ=WEEKLY",
        "SUMMARY:Soon\nDTSTART:20261201T100000Z",
        "DTSTART:20190101",
    )
    response = send(tool, text=text)
    assert picks(response) == ["Weekly", "Soon", "Later <b>", "Past", "untitled"]
    chosen = send(tool, text=text, pick="3")
    assert fields_of(chosen.text)["title"] == "Soon"


def test_file_when_it_has_very_many_events_then_can_be_searched(
    tool: ToolApp,
) -> None:
    text = numbered(200)
    response = send(tool, text=text)
    assert len(picks(response)) == SHOWN
    assert "150 more events match" in response.text
    assert picks(send(tool, text=text, words="event 117")) == ["Event 117"]
    nothing = send(tool, text=text, words="nowhere")
    assert "No event has all of these words" in nothing.text
    assert 'name="words" value="nowhere"' in nothing.text


def test_file_when_it_has_thousands_of_events_then_all_can_be_searched(
    tool: ToolApp,
) -> None:
    text = numbered(6000)
    response = send(tool, text=text, words="event 5998")
    assert "6,000 events were found" in response.text
    assert picks(response) == ["Event 5998"]
    assert fields_of(send(tool, text=text, pick="5998").text)["title"] == "Event 5998"


def test_archive_when_one_calendar_is_in_it_then_the_form_is_filled_in(
    tool: ToolApp,
) -> None:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.write(CORPUS / "apple.ics", "calendar.ics")
    response = send(tool, file=stream.getvalue())
    assert response.status_code == 200
    assert fields_of(response.text)["title"]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "This is a picture."),
        (b"%PDF-1.7", "This is a PDF file."),
        (b"<!DOCTYPE html><title>Sign in</title>", "This is a web page"),
        (b"BEGIN:VCARD\nTEL:1\nEND:VCARD", "This is a contacts file"),
        (b"Subject,Start Date\nTea,1", "This is a table"),
        (b"PK\x03\x04", "This is an archive"),
        (b"", "This file is empty."),
    ],
)
def test_file_when_it_is_no_calendar_then_is_named_and_the_text_kept(
    tool: ToolApp, file: bytes, words: str
) -> None:
    pasted = "" if not file else "Mine"
    response = send(tool, file=file, text=pasted)
    assert response.status_code == 422
    assert words in response.text
    assert f"\n{pasted}</textarea>" in response.text


@pytest.mark.parametrize("pick", ["200", "-1", "x", "9" * 40, "²", ""])
def test_pick_when_it_is_no_event_then_the_list_comes_back(
    tool: ToolApp, pick: str
) -> None:
    assert len(picks(send(tool, text=numbered(3), pick=pick))) == 3


@pytest.mark.parametrize("text", ["", " \n", "BEGIN:VCALENDAR\nEND:VCALENDAR"])
def test_text_when_it_has_no_event_then_says_so_and_keeps_it(
    tool: ToolApp, text: str
) -> None:
    response = send(tool, text=text)
    assert response.status_code == 422
    assert "No event was found" in response.text
    assert text.strip() in response.text


def test_text_when_it_is_too_large_then_is_refused_and_kept(tool: ToolApp) -> None:
    response = send(tool, text="x" * (MAX_BYTES + 1))
    assert response.status_code == 413
    assert "the limit is 512 KB" in response.text
    assert "x" * (MAX_BYTES + 1) in response.text


def test_file_when_it_is_too_large_then_is_refused_and_the_text_kept(
    tool: ToolApp,
) -> None:
    response = send(tool, file=b"x" * (MAX_BYTES + 1), text="Mine")
    assert response.status_code == 413
    assert "\nMine</textarea>" in response.text


def test_request_when_it_is_far_too_large_then_is_not_even_read(
    tool: ToolApp,
) -> None:
    token = csrf_of(tool.get(PATH))
    response = send(tool, file=b"x" * MAX_REQUEST, token=token)
    assert response.status_code == 413
    assert "the limit is 512 KB" in response.text


def test_text_when_sent_without_its_token_then_is_kept(tool: ToolApp) -> None:
    response = send(tool, text="SUMMARY:Mine", token="x")
    assert "SUMMARY:Mine" in response.text
    assert "please choose the file again" in response.text


def test_links_when_somebody_begins_then_lead_here(tool: ToolApp) -> None:
    for path in ("/write", "/write/event"):
        assert f'href="{PATH}"' in tool.get(path).text
    assert f'href="{PATH}"' not in tool.get("/write/post").text


def test_text_when_hostile_then_nothing_of_it_becomes_markup(tool: ToolApp) -> None:
    text = vcalendar(
        'SUMMARY:"><script>x</script>\nDESCRIPTION:</textarea><script>y</script>',
        "SUMMARY:</textarea><script>z</script>",
    )
    for response in (send(tool, text=text), send(tool, text=text, pick="0")):
        assert "<script>x" not in response.text
        assert "<script>y" not in response.text
        assert "<script>z" not in response.text

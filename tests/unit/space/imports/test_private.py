"""Removal of e-mail addresses and ways into a meeting from imports."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.imports.joining_words import LABELS, LABELS_WITHOUT_SPACES
from space.imports.private import without_private
from space.imports.read import read
from tests.support.feeds.imported import START, calendar_of, codes, draft_of, shown

MAIL = "ana.banana@example.org"
TEXTS = (
    *("SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "COMMENT", "CONTACT", "URL"),
    *("X-ALT-DESC", "STYLED-DESCRIPTION", "GEO", "STATUS", "DTEND", "DURATION"),
    *("RRULE", "RDATE", "EXDATE", "CONFERENCE", "ORGANIZER", "ATTENDEE", "RESOURCES"),
    *("X-GOOGLE-CONFERENCE", "DTSTART", "DTSTART;TZID=Me", "CLASS", "X-WR-TIMEZONE"),
)
SHAPES = (
    "{}",
    "Talk by {}",
    "mailto:{}",
    "<b>{}</b>",
    "Ana <{}>, Berlin, Germany",
    "Hall, {}, Berlin, Germany",
    "https://example.org/?guest={}",
    "https://example.org/{}/x",
)


@pytest.mark.parametrize("name", TEXTS)
def test_address_when_in_any_property_then_is_in_no_field(name: str) -> None:
    for number, shape in enumerate(SHAPES):
        mail = MAIL.replace("@", "%40") if number % 3 == 2 else MAIL
        draft = draft_of(f"{name}:{shape.format(mail)}", "SUMMARY:X", START)
        assert "banana" not in shown(draft), shape


@pytest.mark.parametrize("line", range(3))
def test_address_when_in_an_announcement_then_is_in_no_field(line: int) -> None:
    lines = ["Tea", "2026-11-28", "Come in"]
    lines[line] += f" {MAIL}"
    draft = read("\n".join(lines)).draft(0, {})
    assert MAIL not in shown(draft)
    assert codes(draft) == ["plain", "mail"]


@pytest.mark.parametrize(
    "name", ["SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "URL", "ORGANIZER"]
)
def test_address_when_taken_out_then_is_told(name: str) -> None:
    assert "mail" in codes(draft_of(f"{name}:mailto:{MAIL}", START))


def test_title_when_it_has_an_address_then_the_list_has_it_without() -> None:
    text = calendar_of(f"SUMMARY:Talk by {MAIL}", START)
    assert read(text).entries[0].title == "Talk by …"


ZOOM = r"""Welcome to all!

Join Zoom Meeting
https://us02web.zoom.us/j/81234567890?pwd=c2VjcmV0

Meeting ID: 812 3456 7890
Passcode: 471147

---

One tap mobile
+4969710499226,,81234567890#,,,,*471147# Germany
+496938079883,,81234567890# Germany

---

Dial by your location
• +49 69 7104 9922 Germany
• 877 853 5257 US Toll-free

Find your local number: https://us02web.zoom.us/u/kabc

Join by SIP
• 81234567890@zoomcrc.com

Join by H.323
• 162.255.37.11 (US West)
• 162.255.36.11 (US East)

Please bring a laptop."""
ZOOM_DE = """Welcome to all!

Zoom-Meeting beitreten
https://us02web.zoom.us/j/81234567890?pwd=c2VjcmV0

Meeting-ID: 812 3456 7890
Kenncode: 471147
Schnelleinwahl mobil
+4969710499226,,81234567890#,,,,*471147# Deutschland
Einwahl nach aktuellem Standort
        +49 69 7104 9922 Deutschland
Ortseinwahl suchen: https://us02web.zoom.us/u/kabc

Please bring a laptop."""
GOOGLE = """Welcome to all!

-::~:~::~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~::~:~::-
Join with Google Meet: https://meet.google.com/abc-defg-hij
Or dial: (US) +1 234-567-8900 PIN: 471147123#
More phone numbers: https://tel.meet/abc-defg-hij?pin=471147123

Learn more about Meet at: https://support.google.com/a/users/answer/9282720

Please do not edit this section.
-::~:~::~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~::~:~::-
Please bring a laptop."""
TEAMS = """Welcome to all!
____________________________________________________________
Microsoft Teams meeting
Join the meeting now<https://teams.microsoft.com/l/meetup-join/19%3ax/0?context=x>
Meeting ID: 471 147 456 789
Passcode: aB4711
____________________________________________________________
Need help?<https://aka.ms/JoinTeamsMeeting> | System reference<https://x.example.org>
Dial in by phone
+49 69 365057777,,471147321# Germany, Frankfurt am Main
Find a local number<https://dialin.teams.microsoft.com/x>
Phone conference ID: 471 147 321#
For organizers: Meeting options<https://teams.microsoft.com/meetingOptions/?x>

Please bring a laptop."""
WEBEX = """Welcome to all!

Meeting link:
https://example.webex.com/example/j.php?MTID=m4711
Meeting number (access code): 2345 471 1479
Meeting password: aB4711cd (22471147 from phones)

Tap to call in from a mobile device (attendees only)
+1-650-479-3208,,23454711479## Call-in toll number (US/Canada)

Join by phone
+1-650-479-3208 Call-in toll number (US/Canada)
Global call-in numbers

Join from a video system or application
Dial 23454711479@example.webex.com

Please bring a laptop."""
JITSI = """Welcome to all!

Click the following link to join the meeting:
https://meet.jit.si/TeaTime4711

=====

Just want to dial in on your phone?

Dial-in: +1.512.647.1431 PIN: 4711471147#

Click this link to see the dial in phone numbers for this meeting: https://meet.jit.si/static/dialInInfo.html?room=TeaTime4711

Please bring a laptop."""
BBB = """Welcome to all!

https://bbb.example.org/b/ana-471-147
Access code: 471147
To join this meeting by phone, dial:
  +49 30 12344711
Then enter 47114 as the conference PIN number.

Please bring a laptop."""
FRENCH = """Welcome to all!

https://zoom.us/j/4711?pwd=x
ID de réunion : 471 147 1234
Code secret : 471147

Please bring a laptop."""
JAPANESE = """Welcome to all!

https://zoom.us/j/4711?pwd=x
ミーティング ID: 471 147 1234
パスコード: 471147

Please bring a laptop."""


@pytest.mark.parametrize(
    "text",
    [ZOOM, ZOOM_DE, GOOGLE, TEAMS, WEBEX, JITSI, BBB, FRENCH, JAPANESE],
    ids=["zoom", "zoom-de", "google", "teams", "webex", "jitsi", "bbb", "fr", "ja"],
)
def test_invitation_when_read_then_nothing_in_it_lets_strangers_in(text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace(",", "\\,")
    draft = draft_of("SUMMARY:X", START, f"DESCRIPTION:{escaped}")
    saved = f"{draft.values['title']}{draft.values.get('summary')}{draft.body}"
    assert draft.values["online_link"]
    assert "joining" in codes(draft)
    for secret in ("471", "479-3208", "7104", "5257", "162.255", "<>", "8900", "pwd"):
        assert secret not in saved
    assert "Welcome to all!" in saved
    assert "Please bring a laptop." in saved


def test_code_when_named_in_any_language_then_goes() -> None:
    shapes = ("{}: {}", "{} : {}", "{}：{}", "({}: {})", "{}:\\n{}")
    for number, label in enumerate((*LABELS, *LABELS_WITHOUT_SPACES)):
        line = shapes[number % len(shapes)].format(label.title(), "471 1470")
        draft = draft_of("SUMMARY:X", START, f"DESCRIPTION:Hello\\n{line}\\nGoodbye")
        assert "471" not in shown(draft), label
        assert draft.values["summary"] == "Hello Goodbye", label
        assert codes(draft) == ["joining"], label


@pytest.mark.parametrize("name", ["SUMMARY", "LOCATION", "COMMENT", "X-ALT-DESC"])
def test_code_when_in_any_text_then_goes(name: str) -> None:
    draft = draft_of(
        START, f"{name}:Tea (Meeting ID: 812 3456 7890\\, Passcode: a4711)"
    )
    assert "812" not in shown(draft)
    assert "4711" not in shown(draft)
    assert "Tea" in shown(draft)
    assert codes(draft) == ["joining"]


@pytest.mark.parametrize(
    "text",
    [
        "The password is chosen by you.",
        "Bring your PIN badge and 3 pens.",
        "10.00 - 11.30 Opening",
        "2026-11-28 10:00 - 12:00 Talks",
        "Call in sick? Call Ana.",
        "Room 12, 3rd floor, 123456 Moscow",
        "We had 1,234,567 edits, 12345,678 of them good.",
        "52.520008,134.404954",
        "Passwords and how to keep them",
    ],
)
def test_words_when_they_let_nobody_in_then_stay(text: str) -> None:
    escaped = text.replace(",", "\\,")
    draft = draft_of("SUMMARY:X", START, f"DESCRIPTION:{escaped}")
    assert draft.values["summary"] == text
    assert codes(draft) == []


def test_pin_when_it_is_a_postcode_then_stays_where_nobody_meets() -> None:
    place = "LOCATION:Hall\\, Connaught Place\\, New Delhi\\, PIN 110001"
    draft = draft_of("SUMMARY:X", START, place)
    assert draft.values["address"] == "Connaught Place, New Delhi, PIN 110001"
    assert codes(draft) == []
    meets = draft_of("SUMMARY:X", START, place, "CONFERENCE:https://a.example/x")
    assert "110001" not in shown(meets)
    assert codes(meets) == ["joining"]


def test_number_of_a_person_when_no_meeting_is_told_of_then_stays() -> None:
    draft = draft_of("SUMMARY:X", START, "DESCRIPTION:Ask Ana: +49 30 1234567")
    assert draft.values["summary"] == "Ask Ana: +49 30 1234567"


@given(st.text(max_size=60), st.text(max_size=60))
def test_address_when_in_any_words_then_goes(before: str, after: str) -> None:
    text = f"{before} {MAIL} {after}".replace("\n", " ").replace("\r", " ")
    draft = draft_of(f"SUMMARY:{text}", f"DESCRIPTION:{text}", f"LOCATION:{text}")
    assert MAIL not in shown(draft)


def test_text_when_it_has_a_meeting_without_a_scheme_has_no_way_in() -> None:
    made = without_private("By zoom.us or example.org/zoom.us/a\nAt Zoom.us/j/123.")
    assert made.text == "By zoom.us or example.org/zoom.us/a\nAt"
    assert made.had_joining


@pytest.mark.parametrize(
    "address",
    [
        "https://meet.wikimedia.de/Stammtisch",
        "https://app.gather.town/app/8Hd2/Wikimedia",
        "https://streamyard.com/4hmx7q9p2z",
    ],
)
def test_link_when_it_leads_into_a_room_then_is_for_joining(address: str) -> None:
    draft = draft_of("SUMMARY:X", START, f"URL:{address}")
    assert draft.values["online_link"] == address
    assert "website" not in draft.values


CHATS = (
    "https://t.me/joinchat/AAHidden4711",
    "https://t.me/+Hidden4711",
    "https://telegram.me/%2BHidden4711",
    "https://chat.whatsapp.com/Hidden4711",
    "http://CHAT.WhatsApp.com/Hidden4711?mode=x",
    "https://wa.me/49301234711",
    "https://discord.gg/Hidden4711",
    "https://www.discord.com/invite/Hidden4711",
    "https://signal.group/#CjHidden4711",
    "https://join.slack.com/t/a/shared_invite/zt-Hidden4711",
    "https://wikimedia.slack.com/join/Hidden4711",
    "https://www.google.com/url?q=https://discord.gg/Hidden4711",
    "https://m.me/j/Hidden4711/",
    "chat.whatsapp.com/Hidden4711",
    "t.me/joinchat/Hidden4711",
)
PUBLIC = (
    "https://t.me/wikimedia",
    "https://discord.com/developers/docs",
    "https://www.whatsapp.com/channel/0029Va",
    "https://example.org/t.me/joinchat/x",
    "https://notsignal.group.example.org/x",
)


@pytest.mark.parametrize("link", CHATS)
@pytest.mark.parametrize(
    "shape",
    [
        "URL:{}",
        "DESCRIPTION:Write us.\\n\\nGroup: {}",
        "LOCATION:Hall {}",
        "CATEGORIES:{}",
        "SUMMARY:Tea {}",
        "COMMENT:<a href='{0}'>{0}</a>",
    ],
)
def test_invitation_when_to_a_chat_is_in_no_field_and_is_no_meeting(
    link: str, shape: str
) -> None:
    draft = draft_of("SUMMARY:Tea", START, shape.format(link))
    assert "4711" not in shown(draft)
    assert "online_link" not in draft.values
    assert draft.values.get("mode") != "online"


def test_invitation_when_to_a_chat_is_told_and_leaves_the_website_alone() -> None:
    chat, site = f"URL:{CHATS[0]}", "URL:https://example.org/"
    draft = draft_of("SUMMARY:Tea", START, chat, site)
    assert draft.values["website"] == "https://example.org/"
    assert "left" in codes(draft)
    assert "joining" in codes(draft_of("SUMMARY:Tea", START, chat))


@pytest.mark.parametrize("chat", [CHATS[0], CHATS[-1]])
def test_number_when_the_text_has_a_chat_but_no_meeting_stays(chat: str) -> None:
    text = f"{chat}\n+49 30 1234 4711"
    assert without_private(text).text == "+49 30 1234 4711"


@pytest.mark.parametrize("link", PUBLIC)
def test_link_when_it_leads_to_what_all_may_see_stays(link: str) -> None:
    draft = draft_of("SUMMARY:Tea", START, f"URL:{link}", f"DESCRIPTION:At {link} all")
    assert draft.values["website"] == link
    assert codes(draft) == []


def test_announcement_when_it_has_a_chat_has_another_website() -> None:
    text = f"Tea\n2026-11-28\n{CHATS[3]}\nhttps://example.org/"
    draft = read(text).draft(0, {})
    assert draft.values["website"] == "https://example.org/"
    assert "4711" not in shown(draft)
    assert codes(draft) == ["plain", "joining"]

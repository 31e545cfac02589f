from urllib.parse import parse_qsl, urlsplit

from space.digest.mass_message import MassMessage
from tests.support.feeds.publications import ADDRESSES


def test_form_of_mass_message_when_linked_is_filled_in() -> None:
    message = MassMessage(
        "Space/Digest/Subscribers/en",
        "News & events, 23–29 Nov",
        "Space/Digest/X/en",
    )
    address = urlsplit(message.url(ADDRESSES))
    assert address.path == "/wiki/Special:MassMessage"
    assert dict(parse_qsl(address.query)) == {
        "spamlist": "Space/Digest/Subscribers/en",
        "subject": "News & events, 23–29 Nov",
        "page-message": "Space/Digest/X/en",
        "message": "~~~~~",
    }

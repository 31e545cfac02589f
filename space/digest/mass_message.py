"""What Special:MassMessage asks for, filled in for the person who sends.

https://www.mediawiki.org/wiki/Help:Extension:MassMessage. The fields are named in the
extension's `SpecialMassMessage::getFormFields`, which takes them from the address, too;
`parseRequest` wants a subject, a list that exists and a page or a text. Its edit is a
new section, whose summary has the subject (`MessageSender::editPage`). Sections of the
page (`page-subject-section`, `page-message-section`) are not used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from space.wiki.urls import Urls

TIMESTAMP = "~~~~~"
"""MassMessage takes no message without a timestamp."""


@dataclass(frozen=True, slots=True)
class MassMessage:
    """One message to all pages of a list; `list_title` and `page_title` are full."""

    list_title: str
    subject: str
    page_title: str

    @property
    def parameters(self) -> Mapping[str, str]:
        """The form's fields: the text is that of the page, and a timestamp below it."""
        return {
            "spamlist": self.list_title,
            "subject": self.subject,
            "page-message": self.page_title,
            "message": TIMESTAMP,
        }

    def url(self, urls: Urls) -> str:
        """The address of the filled-in form; nothing is sent before its two buttons."""
        form = urls.page("Special:MassMessage")
        return f"{form}{'&' if '?' in form else '?'}{urlencode(self.parameters)}"

"""The links of the subscribe buttons; the tool itself never loads them.

Google accepts only a webcal URL in `cid`, and fetches it over https all the same.
"""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

_GOOGLE = "https://calendar.google.com/calendar/r"
_OUTLOOK_HOME = "https://outlook.live.com/calendar/0/addfromweb"
_OUTLOOK_WORK = "https://outlook.office.com/calendar/0/addfromweb"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A calendar's URL, and the name that the reader's program shows for it."""

    url: str
    name: str

    @property
    def webcal(self) -> str:
        """The link for a calendar program of the device, such as Thunderbird."""
        return f"webcal://{self.url.partition('://')[2]}"

    @property
    def google(self) -> str:
        """The link for Google Calendar."""
        return f"{_GOOGLE}?{urlencode({'cid': self.webcal}, quote_via=quote)}"

    @property
    def outlook_home(self) -> str:
        """The link for Outlook.com."""
        return f"{_OUTLOOK_HOME}?{self._outlook}"

    @property
    def outlook_work(self) -> str:
        """The link for Outlook in Microsoft 365."""
        return f"{_OUTLOOK_WORK}?{self._outlook}"

    @property
    def _outlook(self) -> str:
        query = {"url": self.url, "name": self.name}
        return urlencode(query, quote_via=quote, safe="")

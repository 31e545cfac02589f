"""The links of a feed's subscribe buttons. Nothing of them is loaded by us.

Google takes only a webcal address in `cid`, and asks for it over https all the same.
"""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

_GOOGLE = "https://calendar.google.com/calendar/r"
_OUTLOOK_HOME = "https://outlook.live.com/calendar/0/addfromweb"
_OUTLOOK_WORK = "https://outlook.office.com/calendar/0/addfromweb"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A calendar's full address, and the name it gets in a reader's program."""

    address: str
    name: str

    @property
    def webcal(self) -> str:
        """For the calendar program of the device, such as Apple's or Thunderbird."""
        return f"webcal://{self.address.partition('://')[2]}"

    @property
    def google(self) -> str:
        """For Google Calendar."""
        return f"{_GOOGLE}?{urlencode({'cid': self.webcal}, quote_via=quote)}"

    @property
    def outlook_home(self) -> str:
        """For Outlook.com."""
        return f"{_OUTLOOK_HOME}?{self._outlook}"

    @property
    def outlook_work(self) -> str:
        """For Outlook in Microsoft 365."""
        return f"{_OUTLOOK_WORK}?{self._outlook}"

    @property
    def _outlook(self) -> str:
        query = {"url": self.address, "name": self.name}
        return urlencode(query, quote_via=quote, safe="")

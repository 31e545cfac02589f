"""CampaignEvents' registrations of a wiki in memory, that counts what it is asked."""

from collections import Counter
from collections.abc import Mapping

from sandbox.gateway.registrations import Registration, answer_of, organizers_of
from space.sources.source import SourceAnswer


class RegisteringWiki:
    """A wiki with registrations by id; None is a deleted one."""

    def __init__(self, events: Mapping[int, Registration | None]) -> None:
        self.events = dict(events)
        self.asked: Counter[int] = Counter()
        self.asked_organizers: Counter[int] = Counter()

    def ask(self, path: str) -> SourceAnswer:
        about = path.removesuffix("/organizers")
        number = int(about.rpartition("/")[2])
        is_registration = about == path
        counter = self.asked if is_registration else self.asked_organizers
        counter[number] += 1
        answer = (answer_of if is_registration else organizers_of)(number, self.events)
        return SourceAnswer(answer.status_code, answer.get_data())

"""Sample questions on `<root>/Questions`, as newcomers ask and others answer them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.accounts import NEWCOMER, ORDINARY, ORDINARY_TOO, PATROLLER
from sandbox.client import Client
from sandbox.settings import ROOT

TITLE = f"{ROOT}/Questions"


@dataclass(frozen=True, slots=True)
class Said:
    """A comment, some hours ago; `depth` is the level of its indentation."""

    person: str
    hours: int
    text: str
    depth: int = 0

    def written(self, now: datetime) -> str:
        """The wikitext of the comment, signed."""
        then = now - timedelta(hours=self.hours)
        name = self.person
        signature = (
            f"[[User:{name}|{name}]] ([[User talk:{name}|talk]])"
            f" {then:%H:%M}, {then.day} {then:%B %Y} (UTC)"
        )
        return f"{':' * self.depth}{' ' if self.depth else ''}{self.text} {signature}"


QUESTIONS: dict[str, tuple[Said, ...]] = {
    "How do I announce the monthly meeting of my user group?": (
        Said(
            NEWCOMER.name,
            50,
            "We meet every month in the same library. Do I write a page for each time?",
        ),
        Said(ORDINARY.name, 47, "One page is enough: the form asks how often.", 1),
        Said(
            PATROLLER.name,
            46,
            "And name the '''time zone''' of the library: see [[Space/Help]].",
            2,
        ),
        Said(NEWCOMER.name, 26, "Thank you both, that worked!", 1),
    ),
    "¿Quién puede enseñar Wikidata en una biblioteca?": (
        Said(
            NEWCOMER.name,
            98,
            "Buscamos a alguien para una tarde en Valparaíso, sin prisa.",
        ),
    ),
    "هل توجد ورشات بالعربية على الإنترنت؟": (
        Said(ORDINARY_TOO.name, 5, "أبحث عن ورشة للمبتدئين في الأشهر القادمة."),
    ),
}


def ask(wiki: Client, now: datetime) -> int:
    """Add the questions that are not on the page yet; their number."""
    text = wiki.text(TITLE) or ""
    missing = [
        f"== {heading} ==\n" + "\n".join(each.written(now) for each in said)
        for heading, said in QUESTIONS.items()
        if f"== {heading} ==" not in text
    ]
    if missing:
        wiki.edit(TITLE, "\n\n".join([text.rstrip(), *missing]))
    return len(missing)

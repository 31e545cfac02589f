"""A verdict by the tool: the very edit that a reviewer makes by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from space.review.model import VerdictKind
from space.review.verdicts.reasons import StandardReason, chosen_reasons
from space.review.verdicts.writing import (
    heading_key,
    read_reason,
    reason_problems,
    verdict_text,
)
from space.schema.problems import Problem
from space.wiki.values import Edit
from tool.app.services import services
from tool.app.web.language import in_wiki_language
from tool.app.web.routes import id_of

TICKED, TYPED, OTHER = "ticked", "reason", "duplicate"
"""Names of the form's fields."""
_LONGEST_TITLE = 500  # characters of a title or an address


@dataclass(frozen=True, slots=True)
class FilledReason:
    """What a reviewer filled in: reasons ticked, and text typed.

    `duplicate` is what was typed for the page that says the same: a title or an
    address, on the wiki or here. It stands for the reason that may name a page.
    """

    typed: str = ""
    ticked: tuple[StandardReason, ...] = ()
    duplicate: str = ""

    @classmethod
    def of(cls, kind: str, sent: Mapping[str, Sequence[str]]) -> Self:
        """What was sent for a post or an event, by name of field."""
        other = "".join(sent.get(OTHER, ())[:1]).strip()[:_LONGEST_TITLE]
        chosen = chosen_reasons(kind, sent.get(TICKED, ()))
        return cls("".join(sent.get(TYPED, ())[:1]), chosen, other)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the reasons ticked."""
        return tuple(reason.name for reason in self.ticked)

    def problems(self, verdict: VerdictKind, language: str | None) -> list[Problem]:
        """What keeps it from being the reason of a verdict.

        `language` is that of the page, in which the wiki writes what was ticked.
        """
        problems = list(reason_problems(verdict, self._whole(language)))
        if self.duplicate and not self.other_page():
            problems.append(Problem("no-page", OTHER, params=(self.duplicate,)))
        return problems

    def other_page(self) -> str:
        """The title of the page that says the same; empty where there is none.

        Raises `WikiUnavailableError`.
        """
        if not self.duplicate:
            return ""
        address = self.duplicate.removeprefix(services().config.public_url.rstrip("/"))
        if address.startswith(("/events/", "/blog/", "/review/")):
            page_id = id_of(address.split("/")[2].partition("-")[0])
            record = services().store.records.get(page_id) if page_id else None
            return record.page_title if record else ""
        title = services().facts.site().title_of(self.duplicate)
        return title if services().reader().pages_by_title([title]) else ""

    def parts(self, language: str | None) -> tuple[str, ...]:
        """What the verdict's line on the wiki has to say, in the page's language.

        Raises `WikiUnavailableError`.
        """
        other = self.other_page()
        told = [
            in_wiki_language(reason.message_key, language=language)
            for reason in self.ticked
            if not (other and reason.names_page)
        ]
        return tuple(filter(None, (*told, other, read_reason(self.typed))))

    def _whole(self, language: str | None) -> str:
        told = [
            in_wiki_language(reason.message_key, language=language)
            for reason in self.ticked
        ]
        if self.duplicate:
            key = "wiki-review-reason-duplicate-of"
            told.append(in_wiki_language(key, self.duplicate, language=language))
        return " ".join(" ".join((*told, self.typed)).split())


NOT_FILLED = FilledReason()


@dataclass(frozen=True, slots=True)
class FilledVerdict:
    """A verdict on a revision, as a form gives it.

    `talk_title` is where it is written, `language` that of the page; None where it has
    none.
    """

    kind: VerdictKind
    talk_title: str
    revision: int
    reason: FilledReason
    language: str | None

    def edit(self) -> Edit:
        """The new section of the talk page that says it.

        Raises `WikiUnavailableError`.
        """
        text = verdict_text(
            self.kind,
            self.revision,
            read_reason(self.reason.typed),
            self.reason.names,
            self.reason.other_page(),
        )
        return Edit(
            title=self.talk_title,
            text=text,
            summary="",  # the wiki makes the one it makes by hand
            section_heading=in_wiki_language(heading_key(self.kind)),
        )

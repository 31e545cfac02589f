"""A verdict that the visitor has given already: after a lost answer none is doubled."""

from itertools import islice

from space.errors import WikiBusyError, WikiUnavailableError
from space.review.verdicts.reading import Line, lines_within_bounds
from space.wiki.outcomes import Busy, NotSent, Outcome, Saved
from space.wiki.port import Wiki
from space.wiki.talk.signatures import user_links
from space.wiki.values import Revision
from tool.app.review.verdict import FilledVerdict
from tool.app.services import services
from tool.app.web.lost_answers import settled
from tool.app.web.visitor import visitor

_RECENT = 5  # edits of the visitor to a talk page in which a verdict is looked for


def verdict_lines(talk: Revision | None) -> tuple[Line, ...]:
    """The verdict lines of a talk page, as they stand there; none past the bounds."""
    if talk is None:
        return ()
    links = user_links(services().facts.site())
    names = services().community.templates().verdicts
    return tuple(lines_within_bounds(talk.text, links, names) or ())


def give(wiki: Wiki, verdict: FilledVerdict) -> Outcome:
    """Write a verdict, as by hand: a new section of the talk page.

    `Saved` also where the visitor has given it before.
    """
    try:
        given = given_before(verdict)
        edit = verdict.edit()
    except WikiBusyError as error:
        return Busy(str(error))
    except WikiUnavailableError as error:
        return NotSent(str(error))
    return given or settled(wiki.save(edit), lambda: given_before(verdict))


def given_before(verdict: FilledVerdict) -> Saved | None:
    """The visitor's edit that gave this verdict, where it is the last on the revision.

    Who repeats a verdict adds nothing to it, unless somebody has said otherwise since,
    or its reason has more to say. Raises `WikiUnavailableError`.
    """
    title = verdict.talk_title
    talk = services().reader().texts([title]).get(title)
    lines = verdict_lines(talk)
    on_it = [line for line in lines if line.revision == verdict.revision]
    if talk is None or not on_it or not _says(on_it[-1], verdict):
        return None
    added = _added_by_visitor(talk, on_it[-1])
    return Saved(talk.page_id, added, title) if added else None


def _says(line: Line, verdict: FilledVerdict) -> bool:
    """Whether a line is the visitor's and says all of a verdict."""
    if line.kind is not verdict.kind or line.account != visitor().user:
        return False
    parts = verdict.reason.parts(verdict.language)
    return all(part in line.reason for part in parts)


def _added_by_visitor(talk: Revision, line: Line) -> int | None:
    """The visitor's own edit that put a line there; None where somebody else did.

    Anybody can write a line that looks like another's.
    """
    reader = services().reader()
    history = reversed(reader.history(talk.page_id))
    own = islice((each for each in history if each.user == visitor().user), _RECENT)
    edits = [(edit.id, edit.parent) for edit in own]
    texts = reader.revisions({number for pair in edits for number in pair}, text=True)
    for edit, parent in edits:
        added = verdict_lines(texts.get(edit))
        before = verdict_lines(texts.get(parent))
        if line.mark in {each.mark for each in added if each not in before}:
            return edit
    return None

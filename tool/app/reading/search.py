"""Searching posts and events: what is published, in any script."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from space.codec.readers import read_input
from space.publication.filters import MAX_LENGTH, FilterProblem
from space.schema.kinds import load_kind
from space.store.queries.search import Hits, Search
from space.text.search_terms import Excerpt, excerpt
from tool.app.services import services
from tool.app.views.items import ItemView, PostView
from tool.app.views.listing import PAGE, WORDS, arguments, given, page_number, typed
from tool.app.views.next_time import at_next_time
from tool.app.views.options import languages_in_use
from tool.app.web.errors import BadFilterError
from tool.app.web.fresh_pages import allow_storing
from tool.app.web.index import needs_index
from tool.app.web.language import PARAMETER, interface_language
from tool.app.web.links import wiki_search_url
from tool.app.web.rates import limited
from tool.rates import SEARCH

blueprint = Blueprint("search", __name__, template_folder="templates")
blueprint.before_request(needs_index)
allow_storing(blueprint)

PAGE_SIZE = 20
KIND, LANGUAGE = "kind", "language"
_KINDS = ("post", "event")
_KEYS = (WORDS, KIND, LANGUAGE)


@blueprint.get("/search")
@limited(SEARCH)
def search() -> ResponseReturnValue:
    """What has the words, best first; the box alone while there are none."""
    arguments(_KEYS, (PAGE, PARAMETER))
    words = " ".join(typed(WORDS).split())
    wanted = Search(words, given(KIND, _KINDS.__contains__), _language())
    page, too_long = page_number(), len(words) > MAX_LENGTH
    hits = Hits()
    if not too_long:
        store = services().store
        hits = store.search.find(wanted, limit=PAGE_SIZE, offset=page * PAGE_SIZE)
    return render_template(
        "reading/search.html",
        section=None,
        wanted=wanted,
        too_long=too_long,
        rows=_rows(hits, words),
        count=hits.count,
        more_have_it=hits.has_more,
        asked=_Pages(wanted, page),
        has_more=hits.count > (page + 1) * PAGE_SIZE,
        languages=languages_in_use(wanted.language),
        wiki_search=wiki_search_url(words),
    )


class _Pages:
    """Where the reader is in what was found, as `components/lists/pager.html` asks."""

    def __init__(self, wanted: Search, page: int) -> None:
        self.page = page
        self._query = {
            WORDS: wanted.words,
            KIND: wanted.kind,
            LANGUAGE: wanted.language,
        }

    def query(self, page: int = 0) -> dict[str, str]:
        """The arguments of the address of another page."""
        given = {name: value for name, value in self._query.items() if value}
        return given | ({PAGE: str(page)} if page else {})


def _language() -> str:
    text = typed(LANGUAGE)
    reading = read_input(load_kind("post").fields[LANGUAGE], text)
    if reading.problems:
        raise BadFilterError(
            FilterProblem("filter-value", LANGUAGE, params=(LANGUAGE, text[:80]))
        )
    return str(reading.value or "")


def _rows(hits: Hits, words: str) -> list[tuple[ItemView, Excerpt]]:
    """What was found, best first, each with a piece of its text."""
    found = [hit.publication for hit in hits.rows]
    events = at_next_time(each for each in found if each.kind == "event")
    views: dict[int, ItemView] = {event.id: event for event in events}
    for each in found:
        views.setdefault(each.page_id, PostView(each, interface_language()))
    return [
        (views[hit.publication.page_id], excerpt(hit.text, words)) for hit in hits.rows
    ]

"""The list of posts that are not translated into a language."""

import re

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from space.authoring.suggested_names import LANGUAGES
from space.publication.filters import FilterProblem
from space.text import languages
from tool.app.discuss.threads import count_comments
from tool.app.services import services
from tool.app.views.items import PostView
from tool.app.views.listing import PAGE, asked_filter
from tool.app.web.errors import BadFilterError
from tool.app.web.index import needs_index
from tool.app.web.language import PARAMETER, interface_language
from tool.app.writing.translation.target_language import INTO, target_language

blueprint = Blueprint("translate", __name__, template_folder="../templates")
blueprint.before_request(needs_index)

PAGE_SIZE = 30
_PAGE = re.compile(r"[0-9]{1,4}", re.ASCII)


@blueprint.get("/translate")
def untranslated() -> ResponseReturnValue:
    """Posts without a version in a language, newest first; filters work as in lists."""
    code = target_language()
    number = request.args.get(PAGE, "0")
    if not _PAGE.fullmatch(number):
        raise BadFilterError(FilterProblem("filter-value", PAGE, params=(PAGE, number)))
    criteria = asked_filter("post", INTO, PAGE, PARAMETER)
    page = int(number)
    posts = services().store.posts.untranslated(
        code, criteria, limit=PAGE_SIZE + 1, offset=page * PAGE_SIZE
    )
    count_comments(post.page_id for post in posts)
    return render_template(
        "writing/translate.html",
        section="read.blog",
        into=code,
        name=languages.name(code, interface_language()),
        into_name=LANGUAGES.shown(code, interface_language()),
        rows=[PostView(post, interface_language()) for post in posts[:PAGE_SIZE]],
        page=page,
        has_more=len(posts) > PAGE_SIZE,
        query=dict(criteria.items()) | {INTO: code},
    )

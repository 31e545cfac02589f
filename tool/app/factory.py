"""The Flask application: the kit, and an errand of visitors after the other."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context

from tool.app.account import language_choice, zone
from tool.app.account import routes as account
from tool.app.api import routes as api
from tool.app.digest import routes as digest
from tool.app.discuss import conversation, threads
from tool.app.discuss import routes as discuss
from tool.app.feeds import embed, subscribe
from tool.app.feeds import routes as feeds
from tool.app.follow import interested
from tool.app.follow import routes as follow
from tool.app.form import series_dates
from tool.app.reading import (
    entries,
    item,
    metadata,
    people,
    search,
    series_page,
    series_status,
    social_card,
)
from tool.app.reading import routes as reading
from tool.app.review import routes as review
from tool.app.services import EXTENSION, Services
from tool.app.status import routes as status
from tool.app.status import well_known
from tool.app.tell import routes as tell
from tool.app.views import (
    covers,
    facts,
    follow_link,
    item_paths,
    language_links,
    listing,
    options,
    person_link,
    repeats,
    rule_words,
    time_zone,
    topics,
)
from tool.app.web import (
    assets,
    connections,
    deadlines,
    errors,
    feed_links,
    http_cache,
    icons,
    kept_html,
    language,
    links,
    personal_pieces,
    request_body,
    request_ids,
    robots,
    security,
    tracking,
    visitor,
)
from tool.app.writing import importing, lookups, suggestions, withdrawal
from tool.app.writing import routes as writing
from tool.app.writing.translation import untranslated

FOR_TEMPLATES = (
    assets,
    conversation,
    covers,
    entries,
    errors,
    facts,
    feed_links,
    follow_link,
    icons,
    item,
    item_paths,
    language_links,
    links,
    listing,
    metadata,
    options,
    person_link,
    personal_pieces,
    repeats,
    rule_words,
    series_dates,
    series_status,
    threads,
    time_zone,
    topics,
)
"""What offers names to templates, or remembers something for the application."""

ERRANDS = (
    account,
    api,
    digest,
    discuss,
    embed,
    feeds,
    follow,
    importing,
    interested,
    language_choice,
    lookups,
    people,
    reading,
    review,
    search,
    series_page,
    social_card,
    status,
    subscribe,
    suggestions,
    tell,
    untranslated,
    well_known,
    withdrawal,
    writing,
    zone,
)


class PlainFlask(Flask):
    """An application of plain functions: none of a request is looked at for `async`."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself."""
        return func


class PlainTemplate(Template):
    """A template whose macros are made once, whoever imports them.

    Nobody passes globals to a template here. Jinja looks for some at each import of a
    page, which takes longer than most macros do.
    """

    def _get_default_module(self, _: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


def create_app(services: Services) -> Flask:
    """One application over these parts; nothing is shared between two of them."""
    app = PlainFlask(__name__)
    app.extensions[EXTENSION] = services
    app.jinja_env.template_class = PlainTemplate
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    security.init_app(app, services.config)
    request_body.init_app(app)
    visitor.init_app(app)
    language.init_app(app)
    for part in FOR_TEMPLATES:
        part.init_app(app)
    kept_html.init_app(app, time_zone.reader_zone)
    http_cache.init_app(app, language.COOKIE, time_zone.COOKIE)
    robots.init_app(app)
    connections.init_app(app, services.store)
    deadlines.init_app(app)
    tracking.init_app(app)
    request_ids.init_app(app)
    for errand in ERRANDS:
        app.register_blueprint(errand.blueprint)
    return app

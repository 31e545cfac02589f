"""The Flask application, made from its parts."""

from flask import Flask
from jinja2 import StrictUndefined

from tool.app import (
    assets,
    cached,
    choices,
    connections,
    discussions,
    errors,
    icons,
    inline,
    item_page,
    language,
    links,
    listing,
    reader,
    repeating,
    revalidation,
    security,
    series,
    sharing,
    tracking,
    versions,
    visitor,
)
from tool.app.blueprints import (
    api,
    auth,
    discuss,
    discussion_feeds,
    embed,
    feeds,
    importing,
    lookups,
    read,
    retract,
    review,
    search,
    status,
    subscribe,
    translate,
    write,
    zone,
)
from tool.app.services import EXTENSION, Services

ERRANDS = (
    api,
    auth,
    discuss,
    discussion_feeds,
    embed,
    feeds,
    importing,
    lookups,
    read,
    retract,
    review,
    search,
    status,
    subscribe,
    translate,
    write,
    zone,
)


def create_app(services: Services) -> Flask:
    """One application over these parts; nothing is shared between two of them."""
    app = Flask(__name__)
    app.extensions[EXTENSION] = services
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    security.init_app(app, services.config)
    visitor.init_app(app)
    language.init_app(app)
    for part in (
        assets,
        cached,
        choices,
        discussions,
        errors,
        icons,
        inline,
        item_page,
        links,
        listing,
        reader,
        repeating,
        series,
        sharing,
        versions,
    ):
        part.init_app(app)
    revalidation.init_app(app)
    connections.init_app(app, services.store)
    tracking.init_app(app)
    for errand in ERRANDS:
        app.register_blueprint(errand.blueprint)
    return app

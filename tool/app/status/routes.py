"""Status pages: health check, privacy statement, state of the index."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from space.publication.filters import Filter
from space.store.heartbeat import heartbeats
from tool.app.review.queue import waiting_pages
from tool.app.services import services
from tool.app.status.figures import month_views
from tool.app.views import dates
from tool.app.web.index import needs_index
from tool.app.web.language import interface_language

blueprint = Blueprint("status", __name__, template_folder="templates")


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The liveness check of Toolforge, without session, database or language."""
    return "ok", {"Content-Type": "text/plain", "Cache-Control": "no-store"}


@blueprint.get("/privacy")
def privacy() -> ResponseReturnValue:
    """The privacy statement: who runs the tool, and which data it stores."""
    return render_template("status/privacy.html", section=None)


@blueprint.get("/status")
def status() -> ResponseReturnValue:
    """When the index was synced, what it holds, and pages that cannot be read."""
    needs_index()
    store = services().store
    synced = store.checkpoint
    return render_template(
        "status/status.html",
        section=None,
        synced=synced,
        synced_text=synced and dates.instant(synced, interface_language()),
        events=store.records.count(Filter("event")),
        posts=store.records.count(Filter("post")),
        pending=waiting_pages(),
        months=month_views(),
        ruling=store.ruling_problems(),
        problems=list(store.records.with_problems()),
        heartbeats=[
            (beat, dates.instant(beat.at, interface_language()))
            for beat in heartbeats(store)
        ],
    )

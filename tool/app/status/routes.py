"""Status pages: health check, privacy statement, state of the index."""

from http import HTTPStatus

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from space.publication.filters import Filter
from space.review.record import Record
from space.store.health import Age, Health
from tool.app.review.queue import waiting_pages
from tool.app.services import services
from tool.app.status.figures import month_views
from tool.app.status.health import HealthView
from tool.app.status.unread_calendars import calendar_problems
from tool.app.web.index import RETRY, needs_index
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
    store, now = services().store, services().clock()
    kept_out, doubtful = _with_problems()
    return render_template(
        "status/status.html",
        section=None,
        health=HealthView(Health.of(store, now), now, interface_language()),
        events=store.records.count(Filter("event")),
        posts=store.records.count(Filter("post")),
        pending=waiting_pages(),
        months=month_views(),
        ruling=store.ruling_problems(),
        lines=store.ruling_lines(),
        calendars=calendar_problems(),
        problems=kept_out,
        warnings=doubtful,
    )


def _with_problems() -> tuple[list[Record], list[Record]]:
    """Records whose newest text cannot be shown, and those that may only be wrong."""
    records = list(services().store.records.with_problems())
    broken = [r for r in records if any(p.severity == "error" for p in r.problems)]
    return broken, [record for record in records if record not in broken]


@blueprint.get("/status.json")
def status_for_monitors() -> ResponseReturnValue:
    """The health of the index and of each task; 503 while the index is stale.

    Records are counted, as a damaged database may still tell all else.
    """
    store, now = services().store, services().clock()
    health = Health.of(store, now)
    answer = {
        "status": health.age,
        "synced": health.synced and health.synced.isoformat(),
        "age": health.synced and int((now - health.synced).total_seconds()),
        "events": store.records.count(Filter("event")),
        "posts": store.records.count(Filter("post")),
        "tasks": [
            {
                "task": row.task,
                "at": row.at.isoformat(),
                "result": row.ending,
                "lag": row.lag and int(row.lag.total_seconds()),
                "started": row.started and row.started.isoformat(),
                "overdue": row.is_overdue,
            }
            for row in health.tasks
        ],
    }
    headers = {"Cache-Control": "no-store"}
    if health.age is Age.FRESH:
        return answer, headers
    retry = {"Retry-After": str(RETRY)}
    return answer, HTTPStatus.SERVICE_UNAVAILABLE, headers | retry

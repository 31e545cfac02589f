"""The reader's own time zone, for those whose browser runs no script or has another."""

from datetime import UTC

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tool.app.account.way_back import way_back
from tool.app.services import services
from tool.app.views import dates
from tool.app.views.time_zone import ZONE, keep_zone, reader_zone
from tool.app.views.zone_options import zone_options
from tool.app.web.language import interface_language

blueprint = Blueprint("zone", __name__, template_folder="templates")

RETURN_TO = "return_to"


@blueprint.get("/zone")
def choose() -> ResponseReturnValue:
    """All time zones, by country and city."""
    offered = list(zone_options(interface_language()))
    chosen = reader_zone()
    if chosen and chosen not in dict(offered):
        offered.append((chosen, chosen))
    return render_template(
        "account/zone.html",
        section=None,
        zones=offered,
        chosen=chosen,
        now=dates.instant(services().clock().astimezone(UTC), interface_language()),
        return_to=_way_back(request.args.get(RETURN_TO)),
    )


@blueprint.post("/zone")
def keep() -> ResponseReturnValue:
    """Remember the choice, or forget it, and go back.

    There is nothing to forge: it changes how times are shown, and they name their zone.
    """
    response = redirect(_way_back(request.form.get(RETURN_TO)), 303)
    secure = services().config.public_url.startswith("https:")
    keep_zone(response, request.form.get(ZONE, ""), secure=secure)
    return response


def _way_back(target: str | None) -> str:
    return way_back(target) or url_for("read.events")

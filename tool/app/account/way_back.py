"""Where people go when they have signed in or chosen a time zone."""

from urllib.parse import unquote

from ada_url import URL
from flask import current_app

from tool.app.services import services
from tool.app.web.security import local_path


def way_back(target: str | None) -> str | None:
    """A path of the tool to return to, None for one that leaves it.

    None also for the paths of signing in and out, in any spelling: they would lead
    round in circles.
    """
    path = local_path(target)
    if path is None:
        return None
    rules = current_app.url_map.iter_rules()
    own = {rule.rule for rule in rules if rule.endpoint.startswith("auth.")}
    # As browsers and werkzeug read it: without dots, escapes and empty parts.
    pathname = unquote(URL(path, base=services().config.public_url).pathname)
    return None if "/" + "/".join(filter(None, pathname.split("/"))) in own else path

"""The environment with which the tool and the bots use a sandbox."""

import json

from sandbox.accounts import BOT, BOT_CONSUMER, BOT_PASSWORD, OAUTH_CLIENT
from sandbox.errors import SandboxError
from sandbox.gateway import commons, pageviews, tiles, wikidata
from sandbox.wiki import SandboxWiki

PASSWORD_SIGN_IN = {
    "SPACE_BOT_PASSWORD": BOT_PASSWORD.setting,
    "SPACE_BOT_OAUTH": "",
}
OAUTH_SIGN_IN = {"SPACE_BOT_PASSWORD": "", "SPACE_BOT_OAUTH": BOT_CONSUMER.setting}
"""The bot's two ways to sign in; each switches the other off."""
ROOT = "Space"
DATABASE = "space.sqlite"


def settings_of(wiki: SandboxWiki) -> dict[str, str]:
    """All `SPACE_*` variables (docs/deploying.md) for a wiki that was started before.

    Raises `SandboxError` if it never was. None points outside this machine: the gateway
    knows some places of Wikidata and pictures of Commons, and draws map tiles.
    """
    place = wiki.place
    try:
        stored = json.loads((place.folder / "wiki.json").read_text("utf-8"))
    except FileNotFoundError as problem:
        raise SandboxError("There is no wiki yet: `python -m sandbox up`") from problem
    return {
        "SPACE_WIKI_URL": place.api_url,
        "SPACE_ROOT": ROOT,
        "SPACE_DATABASE_URL": f"sqlite:///{place.folder / DATABASE}",
        "SPACE_PUBLIC_URL": place.tool_url,
        "SPACE_SECRET_KEY": stored["tool_secret"],
        "SPACE_OAUTH_CLIENT_ID": OAUTH_CLIENT.client_id,
        "SPACE_OAUTH_CLIENT_SECRET": OAUTH_CLIENT.client_secret,
        "SPACE_BOT_USER": BOT.name,
        **PASSWORD_SIGN_IN,
        "SPACE_DELIVERY_URLS": place.api_url,
        "SPACE_COMMONS_URL": f"{place.public_url}{commons.API}",
        "SPACE_WIKIDATA_URL": f"{place.public_url}{wikidata.PATH}",
        "SPACE_PAGEVIEWS_URL": f"{place.public_url}{pageviews.ROOT}",
        "SPACE_TILE_URL": f"{place.public_url}{tiles.TEMPLATE}",
    }

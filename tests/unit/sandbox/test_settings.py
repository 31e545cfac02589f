import json
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.errors import SandboxError
from sandbox.place import place_from
from sandbox.settings import OAUTH_SIGN_IN, settings_of
from sandbox.wiki import SandboxWiki
from space.settings.environment import BotConfig, ToolConfig


def test_settings_when_the_wiki_was_started_satisfy_tool_and_bots(
    tmp_path: Path,
) -> None:
    place = place_from({}, folder=str(tmp_path), port=7000)
    place.folder.mkdir()
    (place.folder / "wiki.json").write_text(json.dumps({"tool_secret": "s" * 64}))
    settings = settings_of(SandboxWiki(place))
    assert ToolConfig.from_environment(settings).public_url == place.tool_url
    bots = BotConfig.from_environment(settings)
    assert (bots.bot_user, bots.wiki_url) == ("SpaceBot", place.api_url)
    assert bots.delivery_urls == (place.api_url,)
    assert bots.pageviews_url == f"{place.public_url}/api/rest_v1"
    assert bots.bot_password
    assert not bots.bot_oauth
    signing = BotConfig.from_environment(settings | OAUTH_SIGN_IN)
    assert signing.bot_oauth
    assert not signing.bot_password


def test_settings_when_there_is_no_wiki_say_how_to_get_one(tmp_path: Path) -> None:
    place = replace(place_from({}), base=tmp_path)
    with pytest.raises(SandboxError, match="sandbox up"):
        settings_of(SandboxWiki(place))

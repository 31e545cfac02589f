import pytest

from space.errors import ConfigurationError
from space.settings.environment import BotConfig, Config, ToolConfig, is_loopback
from space.settings.ruling_pages import Protection

COMMON = {
    "SPACE_WIKI_URL": "https://meta.wikimedia.org/w/api.php",
    "SPACE_ROOT": "Wikimedia_Space",
    "SPACE_DATABASE_URL": "sqlite:///index.sqlite",
    "SPACE_PUBLIC_URL": "https://space.example.org/",
}
TOOL = COMMON | {
    "SPACE_SECRET_KEY": "k" * 32,
    "SPACE_OAUTH_CLIENT_ID": "client",
    "SPACE_OAUTH_CLIENT_SECRET": "hidden-client-secret",
}
BOT = COMMON | {"SPACE_BOT_USER": "SpaceBot", "SPACE_BOT_PASSWORD": "hidden-password"}


def test_config_when_complete_then_is_read_and_tidied() -> None:
    config = Config.from_environment(COMMON)
    assert config.public_url == "https://space.example.org"
    assert config.root == "Wikimedia Space"
    assert config.proxy_hops == 0
    assert config.commons_url == "https://commons.wikimedia.org/w/api.php"


@pytest.mark.parametrize(
    ("cls", "environment"), [(Config, COMMON), (ToolConfig, TOOL)], ids=["all", "tool"]
)
def test_config_when_any_setting_is_missing_then_its_name_is_said(
    cls: type[Config], environment: dict[str, str]
) -> None:
    for name in environment:
        for value in ("", "  "):
            with pytest.raises(ConfigurationError, match=f"^{name} is not set$"):
                cls.from_environment(environment | {name: value})


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SPACE_WIKI_URL", "meta.wikimedia.org/w/api.php", "not an http"),
        ("SPACE_WIKI_URL", "http://meta.wikimedia.org/w/api.php", "https"),
        ("SPACE_WIKI_URL", "https://meta.wikimedia.org/wiki/", "api.php"),
        ("SPACE_PUBLIC_URL", "http://space.example.org", "https"),
        ("SPACE_PUBLIC_URL", "https://me:pw@space.example.org", "user"),
        ("SPACE_PUBLIC_URL", "https://space.example.org:port", "not an http"),
        ("SPACE_PUBLIC_URL", "https://[::1", "not an http"),
        ("SPACE_PUBLIC_URL", "javascript:alert(1)", "not an http"),
        ("SPACE_TILE_URL", "http://tiles.example.org/{z}/{x}/{y}", "https"),
        ("SPACE_PROXY_HOPS", "-1", "number"),
        ("SPACE_PROXY_HOPS", "²", "number"),
    ],
)
def test_config_when_a_setting_is_wrong_then_its_name_is_said(
    name: str, value: str, words: str
) -> None:
    with pytest.raises(ConfigurationError, match=f"{name}.*{words}"):
        Config.from_environment(COMMON | {name: value})


@pytest.mark.parametrize("value", ["soon", "0", "31", "-1"])
def test_tool_config_when_the_deadline_is_wrong_then_its_name_is_said(
    value: str,
) -> None:
    with pytest.raises(ConfigurationError, match="SPACE_WIKI_SECONDS"):
        ToolConfig.from_environment(TOOL | {"SPACE_WIKI_SECONDS": value})
    assert ToolConfig.from_environment(TOOL).wiki_seconds == 8


def test_config_when_on_loopback_then_plain_http_is_fine() -> None:
    for host in ("localhost:18700", "127.0.0.1:18700", "[::1]:18700", "wiki.localhost"):
        config = Config.from_environment(
            COMMON | {"SPACE_PUBLIC_URL": f"http://{host}"}
        )
        assert config.public_url == f"http://{host}"


LOCAL = "http://127.0.0.1:18700"


def test_tool_config_when_all_is_on_this_machine_then_plain_http_is_fine() -> None:
    local = {"SPACE_WIKI_URL": f"{LOCAL}/w/api.php", "SPACE_PUBLIC_URL": LOCAL}
    assert ToolConfig.from_environment(TOOL | local).wiki_url == f"{LOCAL}/w/api.php"
    real_wiki = TOOL | {"SPACE_PUBLIC_URL": LOCAL}
    assert ToolConfig.from_environment(real_wiki).public_url == LOCAL


@pytest.mark.parametrize("public", ["https://space.example.org", "https://10.0.0.1"])
def test_tool_config_when_only_the_wiki_is_on_this_machine_then_it_must_use_https(
    public: str,
) -> None:
    split = {"SPACE_WIKI_URL": f"{LOCAL}/w/api.php", "SPACE_PUBLIC_URL": public}
    words = "SPACE_WIKI_URL must use https, as SPACE_PUBLIC_URL is not on this machine"
    with pytest.raises(ConfigurationError, match=words):
        ToolConfig.from_environment(TOOL | split)
    # The bots send nobody there.
    assert BotConfig.from_environment(BOT | split).public_url == public


def test_config_when_tiles_are_set_empty_then_there_are_none() -> None:
    assert Config.from_environment(COMMON | {"SPACE_TILE_URL": ""}).tile_url == ""


def test_tool_config_when_secret_is_short_then_it_is_refused_unseen() -> None:
    with pytest.raises(ConfigurationError, match="SPACE_SECRET_KEY") as caught:
        ToolConfig.from_environment(TOOL | {"SPACE_SECRET_KEY": "short-secret"})
    assert "short-secret" not in str(caught.value)


def test_config_when_printed_then_shows_no_secret() -> None:
    shown = repr(ToolConfig.from_environment(TOOL)) + repr(
        BotConfig.from_environment(BOT)
    )
    for secret in ("k" * 32, "hidden-client-secret", "hidden-password", "sqlite:"):
        assert secret not in shown


def test_bot_config_when_given_oauth_then_has_four_words() -> None:
    without = {k: v for k, v in BOT.items() if k != "SPACE_BOT_PASSWORD"}
    config = BotConfig.from_environment(without | {"SPACE_BOT_OAUTH": "a b c d"})
    assert config.bot_oauth == ("a", "b", "c", "d")
    assert config.bot_password is None
    with pytest.raises(ConfigurationError, match="SPACE_BOT_OAUTH must be four words"):
        BotConfig.from_environment(without | {"SPACE_BOT_OAUTH": "a b"})


@pytest.mark.parametrize(
    "ways",
    [
        {"SPACE_BOT_PASSWORD": ""},
        {"SPACE_BOT_PASSWORD": "p", "SPACE_BOT_OAUTH": "a b c d"},
    ],
)
def test_bot_config_when_not_one_way_to_sign_in_then_both_names_are_said(
    ways: dict[str, str],
) -> None:
    with pytest.raises(
        ConfigurationError, match=r"SPACE_BOT_PASSWORD.*SPACE_BOT_OAUTH"
    ):
        BotConfig.from_environment(BOT | ways)


def test_bot_config_when_former_bots_are_named_then_has_them_as_the_wiki_does() -> None:
    names = {"SPACE_FORMER_BOTS": "old_Bot |  Bot of 2025|"}
    assert BotConfig.from_environment(BOT | names).former_bots == (
        "Old Bot",
        "Bot of 2025",
    )
    assert BotConfig.from_environment(BOT).former_bots == ()


def test_bot_config_when_rights_are_named_then_protect_the_settings() -> None:
    usual = BotConfig.from_environment(BOT).protection
    assert usual == Protection("editprotected", "editsemiprotected")
    rights = {
        "SPACE_SETTINGS_RIGHT": "editinterface",
        "SPACE_LISTS_RIGHT": "templateeditor",
    }
    assert BotConfig.from_environment(BOT | rights).protection == Protection(
        "editinterface", "templateeditor"
    )


@pytest.mark.parametrize("name", ["SPACE_SETTINGS_RIGHT", "SPACE_LISTS_RIGHT"])
def test_bot_config_when_a_right_is_none_then_says_which(name: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        BotConfig.from_environment(BOT | {name: "edit protected"})


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("example.org", False),
        ("10.0.0.1", False),
        ("127.0.0.1.example.org", False),
        (None, False),
    ],
)
def test_is_loopback_when_asked_then_trusts_only_this_machine(
    host: str | None, *, expected: bool
) -> None:
    assert is_loopback(host) is expected


@pytest.mark.parametrize("contact", ["", "mailto:a@b.example", "https://b.example/x"])
def test_tool_config_when_it_has_a_contact_then_takes_it(contact: str) -> None:
    environment = TOOL | {"SPACE_SECURITY_CONTACT": contact}
    assert ToolConfig.from_environment(environment).security_contact == contact


@pytest.mark.parametrize(
    "contact", ["a@b.example", "http://b.example", "mailto:a@b.example\nExpires: x"]
)
def test_tool_config_when_a_contact_is_no_url_then_says_so(contact: str) -> None:
    with pytest.raises(ConfigurationError, match="SPACE_SECURITY_CONTACT"):
        ToolConfig.from_environment(TOOL | {"SPACE_SECURITY_CONTACT": contact})

from dataclasses import replace

import pytest

from space.schema.kinds import load_kind
from space.settings.onwiki import Settings
from tests.fakes.wiki_state import SITE


def page(**values: str) -> str:
    lines = "".join(f"| {name.replace('_', ' ')} = {v}\n" for name, v in values.items())
    return f"Some words.\n{{{{Space settings\n{lines}}}}}"


@pytest.mark.parametrize("text", ["", "no template", page(), page(tool="", bot="")])
def test_settings_when_the_page_says_nothing_then_are_the_defaults(text: str) -> None:
    settings = Settings.of(text)
    for field in load_kind("settings").fields.values():
        value = getattr(settings, field.name)
        value = (
            {True: "yes", False: "no"}[value] if field.name == "corrections" else value
        )
        said = value if isinstance(value, tuple) else str(value or "")
        assert said == (field.default or (() if field.multiple else ""))
    assert settings.problems == ()


def test_settings_when_the_page_says_all_then_is_believed() -> None:
    settings = Settings.of(
        page(
            post_policy="open",
            event_policy="review",
            namespaces="Event; Help",
            reviewer_right="rollback",
            bot="[[User:SpaceBot]]",
            tool="https://space.toolforge.org/",
            write_interval="0",
            promised_days="7",
            report_page="[[Meta:Noticeboard]]",
            confirm_months="12",
            map_page="Data:Events.map",
            data_pages="Data:Events",
            data_licence="cc-by-sa",
            corrections="no",
            maintainers_page="Meta:Space/Maintainers",
            digest_languages="en; pt-BR",
            digest_prefix="m",
            followers_page="Space/Followers",
            mentions_a_week="3",
            registry="marked",
            event_home="default",
        )
    )
    assert settings == Settings(
        post_policy="open",
        event_policy="review",
        namespaces=("Event", "Help"),
        reviewer_right="rollback",
        bot="SpaceBot",
        tool="https://space.toolforge.org",
        write_interval=0,
        promised_days=7,
        report_page="Meta:Noticeboard",
        confirm_months=12,
        map_page="Data:Events.map",
        data_pages="Data:Events",
        data_licence="cc-by-sa",
        corrections=False,
        maintainers_page="Meta:Space/Maintainers",
        digest_languages=("en", "pt-br"),
        digest_prefix="m",
        followers_page="Space/Followers",
        mentions_a_week=3,
        registry="marked",
        event_home="default",
    )


def test_settings_when_corrections_are_unreadable_then_are_off() -> None:
    assert not Settings.of(page(corrections="perhaps")).corrections


def test_settings_when_a_policy_is_unreadable_then_is_the_strictest() -> None:
    settings = Settings.of(page(event_policy="opne", post_policy="open"))
    assert (settings.event_policy, settings.post_policy) == ("review", "open")
    assert [problem.field for problem in settings.problems] == ["event_policy"]


def test_settings_when_a_number_is_unreadable_then_is_the_default() -> None:
    settings = Settings.of(page(write_interval="soon"))
    assert settings.write_interval == 60
    assert [problem.field for problem in settings.problems] == ["write_interval"]


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        ("(main); Event", {0, 1728}),
        ("event", {1728}),
        ("Project; Meta", {4}),
        ("User_talk", {3}),
        ("Nowhere", set()),
    ],
)
def test_namespace_ids_when_named_so_then_are_the_wikis(
    names: str, ids: set[int]
) -> None:
    assert Settings.of(page(namespaces=names)).namespace_ids(SITE) == ids


@pytest.mark.parametrize(
    ("names", "prefix"), [("(main); Event", "Event:"), ("(main)", "")]
)
def test_event_prefix_when_events_may_be_there_then_is_the_wikis(
    names: str, prefix: str
) -> None:
    assert Settings.of(page(namespaces=names)).event_prefix(SITE) == prefix
    without = replace(SITE, namespaces={0: ("",)})
    assert Settings.of(page(namespaces=names)).event_prefix(without) == ""

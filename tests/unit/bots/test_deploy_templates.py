import json
from pathlib import Path
from threading import Event

import pytest

from bots.manifest import DeployedPage, sources
from bots.report import Did, ExitCode, Report
from bots.saving import Saver
from bots.stop import Stop
from bots.tasks.deploy_templates import Deployment
from space.text.messages import Translator, read_catalogue
from space.wiki.outcomes import Protected, ReadOnly
from tests.fakes.memory_wiki import MemoryWiki

MODULE = DeployedPage("Module:Space/Config", "return {}", once=False)
PORTAL = DeployedPage("Space/Blog", "{{Space posts}}", once=True)
ARABIC = DeployedPage("Space/Blog/ar", "المدونة", once=True, original="Space/Blog")
FRENCH = DeployedPage("Space/Blog/fr", "Blog", once=True, original="Space/Blog")


@pytest.fixture
def wiki() -> MemoryWiki:
    return MemoryWiki()


@pytest.fixture
def bot(wiki: MemoryWiki) -> MemoryWiki:
    return wiki.as_user("SpaceBot", "bot")


def deploy(
    bot: MemoryWiki,
    *sources: DeployedPage,
    dry_run: bool = False,
    adopt: tuple[str, ...] = (),
) -> Report:
    deployment = Deployment(
        wiki=bot,
        saver=Saver(bot, Stop(bot, [], Event()), dry_run),
        bots=("SpaceBot", "OldBot"),
        adopt=adopt,
        translator=Translator(read_catalogue(), "en"),
    )
    return deployment.run(sources)


def newer(source: DeployedPage) -> DeployedPage:
    return DeployedPage(source.title, source.text + "\n-- newer", source.once)


def text(wiki: MemoryWiki, title: str) -> str | None:
    return wiki.texts([title])[title].text


def did(report: Report) -> list[Did]:
    return [page.did for page in report.pages]


@pytest.mark.parametrize("ending", ["", "\n", "\n\n", " \n"])
def test_deploy_when_a_file_ends_in_a_line_break_then_its_page_is_written_once(
    bot: MemoryWiki, tmp_path: Path, ending: str
) -> None:
    (tmp_path / "a.wikitext").write_text(f"Text.{ending}", encoding="utf-8")
    manifest = json.dumps({"a.wikitext": {"title": "Space/Blog"}})
    (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    names = {"root": "Space", "bot": "SpaceBot", "tool": "https://space.test"}
    assert did(deploy(bot, *sources(names, tmp_path))) == [Did.WRITTEN]
    again = deploy(bot, *sources(names, tmp_path), dry_run=True)
    assert did(again) == [Did.UNCHANGED]


def test_deploy_when_pages_are_missing_then_they_are_made(bot: MemoryWiki) -> None:
    report = deploy(bot, MODULE, PORTAL)
    assert did(report) == [Did.WRITTEN, Did.WRITTEN]
    assert text(bot, PORTAL.title) == PORTAL.text


def test_deploy_when_done_twice_then_the_second_makes_no_edit(bot: MemoryWiki) -> None:
    deploy(bot, MODULE, PORTAL)
    before = bot.requests.other
    assert did(deploy(bot, MODULE, PORTAL)) == [Did.UNCHANGED, Did.UNCHANGED]
    assert bot.requests.other == before
    page = bot.texts([MODULE.title])[MODULE.title].page_id
    assert len(bot.history(page)) == 1


def test_deploy_when_our_text_is_older_then_it_is_updated(bot: MemoryWiki) -> None:
    deploy(bot, MODULE)
    assert did(deploy(bot, newer(MODULE))) == [Did.WRITTEN]
    assert text(bot, MODULE.title) == newer(MODULE).text


def test_deploy_when_the_community_changed_a_page_then_it_stays_and_is_shown(
    wiki: MemoryWiki, bot: MemoryWiki
) -> None:
    deploy(bot, MODULE)
    wiki.write(MODULE.title, "return { kind = true }")
    report = deploy(bot, newer(MODULE), PORTAL)
    assert did(report) == [Did.KNOWS_NOT, Did.WRITTEN]
    assert report.exit_code is ExitCode.PROBLEM
    assert "Admin" in report.pages[0].detail
    assert "-return { kind = true }\n+return {}" in report.pages[0].detail
    assert text(bot, MODULE.title) == "return { kind = true }"


def test_deploy_when_a_change_was_reverted_to_our_text_then_it_is_ours_again(
    wiki: MemoryWiki, bot: MemoryWiki
) -> None:
    deploy(bot, MODULE)
    wiki.write(MODULE.title, "vandalism")
    wiki.write(MODULE.title, MODULE.text)
    assert did(deploy(bot, newer(MODULE))) == [Did.WRITTEN]


def test_deploy_when_the_page_was_protected_then_it_is_still_ours(
    wiki: MemoryWiki, bot: MemoryWiki
) -> None:
    deploy(bot, MODULE)
    wiki.protect(MODULE.title, right="autopatrol")
    assert did(deploy(bot, newer(MODULE))) == [Did.WRITTEN]


def test_deploy_when_a_former_bot_wrote_it_then_it_is_ours(
    wiki: MemoryWiki, bot: MemoryWiki
) -> None:
    wiki.as_user("OldBot", "bot").write(MODULE.title, "return { old = true }")
    assert did(deploy(bot, MODULE)) == [Did.WRITTEN]


def test_deploy_when_somebody_else_made_the_page_then_it_is_not_touched(
    wiki: MemoryWiki, bot: MemoryWiki
) -> None:
    wiki.write(MODULE.title, "return 'mine'")
    bot.write(MODULE.title, "return 'once ours'")
    assert did(deploy(bot, MODULE)) == [Did.KNOWS_NOT]


def test_deploy_when_a_page_is_adopted_then_it_is_written(
    wiki: MemoryWiki, bot: MemoryWiki
) -> None:
    wiki.write(MODULE.title, "return 'mine'")
    assert did(deploy(bot, MODULE, adopt=(MODULE.title,))) == [Did.WRITTEN]


def test_deploy_when_an_adopted_title_is_not_ours_then_it_says_so(
    bot: MemoryWiki,
) -> None:
    report = deploy(bot, adopt=("Main Page",))
    assert report.problems == ("--adopt Main Page: no such page here",)


def test_deploy_when_a_portal_page_is_there_then_it_is_the_communitys(
    bot: MemoryWiki,
) -> None:
    deploy(bot, PORTAL)
    report = deploy(bot, newer(PORTAL))
    assert did(report) == [Did.LEFT]
    assert report.exit_code is ExitCode.FINE


def test_deploy_when_the_bots_page_is_older_then_translations_are_still_made(
    bot: MemoryWiki,
) -> None:
    deploy(bot, PORTAL)
    assert did(deploy(bot, newer(PORTAL), ARABIC)) == [Did.LEFT, Did.WRITTEN]


def test_deploy_when_the_community_changed_a_page_then_its_translations_are_left(
    wiki: MemoryWiki, bot: MemoryWiki
) -> None:
    deploy(bot, PORTAL, ARABIC)
    wiki.write(ARABIC.title, "أفضل")
    wiki.write(PORTAL.title, "Our own words")
    report = deploy(bot, PORTAL, newer(ARABIC), FRENCH)
    assert did(report) == [Did.LEFT] * 3
    assert text(bot, ARABIC.title) == "أفضل"
    assert FRENCH.title not in bot.texts([FRENCH.title])
    assert did(deploy(bot, FRENCH, PORTAL, adopt=(FRENCH.title,)))[0] is Did.WRITTEN


def test_deploy_when_dry_then_nothing_is_written_and_the_difference_shown(
    bot: MemoryWiki,
) -> None:
    deploy(bot, MODULE)
    report = deploy(bot, newer(MODULE), PORTAL, dry_run=True)
    assert did(report) == [Did.WOULD_WRITE, Did.WOULD_WRITE]
    assert "+-- newer" in report.pages[0].detail
    assert text(bot, MODULE.title) == MODULE.text
    assert PORTAL.title not in bot.texts([PORTAL.title])


def test_deploy_when_one_page_is_refused_then_the_others_go_on(bot: MemoryWiki) -> None:
    bot.answer_next(Protected("no"))
    report = deploy(bot, MODULE, PORTAL)
    assert did(report) == [Did.REFUSED, Did.WRITTEN]


def test_deploy_when_the_wiki_takes_no_edits_then_it_ends_and_asks_for_later(
    bot: MemoryWiki,
) -> None:
    bot.answer_next(ReadOnly("maintenance"))
    report = deploy(bot, MODULE, PORTAL)
    assert did(report) == [Did.LATER]
    assert report.exit_code is ExitCode.TRY_LATER

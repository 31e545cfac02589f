"""`bots deploy_templates` on a real wiki: only what differs, never over a stranger."""

import re

import pytest

from sandbox.product import Product
from tests.support.wiki.forked_bots import run_forked
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

TEMPLATE = "Template:Space events"
TRANSLATION, UNWANTED = "Space/Newcomers/ar", "Space/Guidelines/ar"
STRANGE = "Changed by somebody <noinclude>who knows better</noinclude>"


def test_deploy_when_nothing_differs_then_nothing_is_written(
    indexed_wiki: Product,
) -> None:
    done = run_forked(indexed_wiki, "deploy_templates")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "written" not in done.stdout


def test_deploy_when_pages_are_gone_then_all_but_a_translation_of_a_changed_one_return(
    indexed_wiki: Product, fresh_wiki: Sandbox
) -> None:
    admin = fresh_wiki.login("Admin")
    before = admin.text(TEMPLATE)
    for title in (TEMPLATE, TRANSLATION, UNWANTED):
        admin.post(action="delete", title=title)
    admin.edit("Space/Guidelines", "Rules of our own")
    fresh_wiki.run_jobs()
    done = run_forked(indexed_wiki, "deploy_templates")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.findall('msg="written: (.*)"$', done.stderr, re.MULTILINE) == [
        TEMPLATE,
        TRANSLATION,
    ]
    assert admin.text(TEMPLATE) == before
    assert '<div class="mw-content-rtl" lang="ar" dir="rtl">' in admin.text(TRANSLATION)


def test_deploy_when_somebody_changed_a_page_then_it_stays_and_is_shown(
    indexed_wiki: Product, fresh_wiki: Sandbox
) -> None:
    admin = fresh_wiki.login("Admin")
    admin.edit(TEMPLATE, STRANGE)
    done = run_forked(indexed_wiki, "deploy_templates")
    assert done.returncode == 1
    assert f"-{STRANGE}" in done.stdout
    assert admin.text(TEMPLATE) == STRANGE
    adopted = run_forked(indexed_wiki, "deploy_templates", "--adopt", TEMPLATE)
    assert adopted.returncode == 0, adopted.stdout + adopted.stderr
    assert admin.text(TEMPLATE) != STRANGE

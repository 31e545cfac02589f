"""`bots deploy_templates` on a real wiki: only what differs, never over a stranger."""

import pytest

from sandbox.product import Product
from tests.support.wiki.forked_bots import run_forked
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

TEMPLATE = "Template:Space events"
STRANGE = "Changed by somebody <noinclude>who knows better</noinclude>"


def test_deploy_when_nothing_differs_then_nothing_is_written(
    indexed_wiki: Product,
) -> None:
    done = run_forked(indexed_wiki, "deploy_templates")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "written" not in done.stdout


def test_deploy_when_a_page_is_gone_then_it_is_written_and_renders(
    indexed_wiki: Product, fresh_wiki: Sandbox
) -> None:
    admin = fresh_wiki.login("Admin")
    before = admin.text(TEMPLATE)
    admin.post(action="delete", title=TEMPLATE)
    fresh_wiki.run_jobs()
    done = run_forked(indexed_wiki, "deploy_templates")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"written: {TEMPLATE}" in done.stdout
    assert admin.text(TEMPLATE) == before


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

"""Looking at the tool's pages with a real browser."""

import json
from pathlib import Path

from playwright.sync_api import Page

from tests.support.tool_stage import ToolStage

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PHONE, DESK = 360, 1280


def visit(page: Page, stage: ToolStage, path: str) -> None:
    page.goto(f"{stage.config.public_url}{path}")


def violations(page: Page, *rules: str) -> list[str]:
    """What axe-core finds, by all its rules or by these.

    The script is handed to the page past its policy, once its styles are there and
    the pointer rests on nothing: Codex's own colours for that are a little pale.
    """
    page.wait_for_load_state()
    page.mouse.move(0, 0)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": list(rules)} if rules else {}
    found = page.evaluate(
        "options => axe.run(document, options).then(result => result.violations)",
        options,
    )
    return [
        f"{rule['id']}: {node['html'][:160]} {json.dumps(node['any'])[:200]}"
        for rule in found
        for node in rule["nodes"]
    ]

"""Commands in the documents: each is one that the programs take."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bots.__main__ import command_line

ROOT = Path(__file__).parents[3]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
COMMAND = re.compile(r"python -m bots ([a-z_]+(?: --?[^`\n#<]*)?)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
ANCHOR = re.compile(r"\]\(([a-z-]*\.?m?d?)#([^)]*)\)")

# https://gitlab.wikimedia.org/repos/cloud/toolforge/jobs-api tjf/core/models.py
JOB = {
    "name", "command", "image", "schedule", "continuous", "mount", "mem", "cpu",
    "emails", "retry", "timeout", "health-check-script", "health-check-http", "port",
    "replicas", "filelog", "filelog-stdout", "filelog-stderr",
}  # fmt: skip
OF_SCHEDULED = {"schedule", "retry", "timeout"}
# https://wikitech.wikimedia.org/wiki/Help:Toolforge/Web#service.template
SERVICE = {
    "type", "mount", "health-check-path", "cpu", "mem", "replicas", "extra_args",
}  # fmt: skip


def commands() -> set[str]:
    return {
        found.strip()
        for page in PAGES
        for found in COMMAND.findall(page.read_text("utf-8"))
    }


@pytest.mark.parametrize("command", sorted(commands()))
def test_command_of_the_bots_when_documented_is_one_that_they_take(
    command: str,
) -> None:
    assert command_line(command.split()).task == command.partition(" ")[0]


@pytest.mark.parametrize("module", ["bots", "tool"])
def test_program_when_documented_starts_in_a_clean_environment(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module, "--help"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert f"python -m {module}" in done.stdout


def test_jobs_when_loaded_have_only_keys_that_toolforge_knows() -> None:
    for job in yaml.safe_load((ROOT / "jobs.yaml").read_text("utf-8")):
        assert job.keys() <= JOB
        assert {"name", "command", "image"} <= job.keys()
        assert not job.get("continuous") or not job.keys() & OF_SCHEDULED
        assert job.get("emails", "none") in {"none", "all", "onfinish", "onfailure"}


def test_service_when_started_has_only_keys_that_toolforge_knows() -> None:
    service = yaml.safe_load((ROOT / "service.template").read_text("utf-8"))
    assert service.keys() <= SERVICE


def anchor(heading: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.replace(" ", "-")


def test_links_to_sections_when_followed_from_the_runbook_lead_somewhere() -> None:
    runbook = ROOT / "docs" / "runbook.md"
    for page, section in ANCHOR.findall(runbook.read_text("utf-8")):
        text = (runbook.parent / (page or runbook.name)).read_text("utf-8")
        assert section in {anchor(each) for each in HEADING.findall(text)}, section


def test_runbook_when_read_has_ten_symptoms() -> None:
    text = (ROOT / "docs" / "runbook.md").read_text("utf-8")
    numbers = [int(n) for n in re.findall(r"^\| (\d+) \| \*\*", text, re.MULTILINE)]
    assert numbers == list(range(1, 11))

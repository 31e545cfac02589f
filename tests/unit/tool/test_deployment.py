import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest
import yaml

from tool.upstream.call_limits import WAITERS
from tool.wsgi import application

ROOT = Path(__file__).parents[3]
SETTING = re.compile(r"\bSPACE_[A-Z_]+[A-Z]\b")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands() -> dict[str, str]:
    return dict(line.split(": ", 1) for line in read("Procfile").splitlines())


def test_settings_when_read_by_the_code_then_each_is_documented() -> None:
    known = set(SETTING.findall(read("space/settings/environment.py")))
    rows = {
        name
        for line in read("docs/deploying.md").splitlines()
        if line.startswith("| `SPACE_")
        for name in SETTING.findall(line.split("|")[1])
    }
    assert rows == known


def test_procfile_when_read_then_its_programs_are_ours() -> None:
    assert commands()["web"] == "gunicorn 'tool.wsgi:application()'"
    for task in re.findall(r"-m bots (\w+)", read("Procfile")):
        assert f"| `{task}` |" in read("docs/bots.md")


def test_jobs_when_read_then_run_commands_of_the_procfile() -> None:
    jobs: list[dict[str, Any]] = yaml.safe_load(read("jobs.yaml"))
    for job in jobs:
        assert job["command"] in commands()
        assert job["mount"] == "none"
        assert len(job["name"]) <= 52


def test_service_when_read_then_asks_our_health_check() -> None:
    service = yaml.safe_load(read("service.template"))
    assert service["type"] == "buildservice"
    assert service["health-check-path"] == "/healthz"


def test_gunicorn_when_it_starts_then_sets_how_memory_is_given_back() -> None:
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    settings["give_memory_back"]()


def test_gunicorn_when_it_logs_then_tells_nothing_of_visitors() -> None:
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    for secret in ("%(h)s", "%(a)s", "%(f)s", "%(q)s", "%(r)s", "{x-forwarded-for}i"):
        assert secret not in settings["access_log_format"]


def test_gunicorn_when_it_runs_then_takes_no_commands_by_a_socket() -> None:
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    assert settings["control_socket_disable"] is True


def test_gunicorn_when_it_runs_then_half_of_its_threads_never_wait_for_a_wiki() -> None:
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    assert settings["threads"] >= 2 * WAITERS


def test_application_when_a_setting_is_missing_then_ends_with_its_name() -> None:
    with pytest.raises(SystemExit, match="SPACE_OAUTH_CLIENT_ID is not set"):
        application(
            {
                "SPACE_WIKI_URL": "https://meta.wikimedia.org/w/api.php",
                "SPACE_ROOT": "Space",
                "SPACE_DATABASE_URL": "sqlite://",
                "SPACE_PUBLIC_URL": "https://space.example.org",
                "SPACE_SECRET_KEY": "k" * 32,
            }
        )


def test_application_when_settings_are_complete_then_answers(tmp_path: Path) -> None:
    app = application(
        {
            "SPACE_WIKI_URL": "https://meta.wikimedia.org/w/api.php",
            "SPACE_ROOT": "Space",
            "SPACE_DATABASE_URL": f"sqlite:///{tmp_path}/space.sqlite",
            "SPACE_PUBLIC_URL": "https://space.toolforge.org",
            "SPACE_SECRET_KEY": "k" * 32,
            "SPACE_OAUTH_CLIENT_ID": "client",
            "SPACE_OAUTH_CLIENT_SECRET": "secret",
        }
    )
    client = app.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/write").status_code == 200
    assert client.get("/events").status_code == 503  # nothing was read yet


def test_node_when_the_image_is_built_then_is_one_that_codex_takes() -> None:
    package = json.loads(read("package.json"))
    lock = json.loads(read("package-lock.json"))
    wanted = package["engines"]["node"]
    assert lock["packages"][""]["engines"]["node"] == wanted
    major = int(wanted.removesuffix(".x"))
    for name in ("codex", "codex-icons", "codex-design-tokens"):
        least = lock["packages"][f"node_modules/@wikimedia/{name}"]["engines"]["node"]
        assert int(least.removeprefix(">=").split(".")[0]) <= major


def test_service_when_started_then_has_the_memory_and_cpu_that_were_measured() -> None:
    service = yaml.safe_load(read("service.template"))
    assert {service["cpu"], service["mem"]} == {"1", "1Gi"}
    assert isinstance(service["cpu"], str)  # which Toolforge reads as a quantity

"""The lines of gunicorn: what visitors send stays on its line, and in it."""

import runpy
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

ROOT = Path(__file__).parents[3]


@pytest.fixture
def access(caplog: pytest.LogCaptureFixture) -> Callable[[str], str]:
    """Logs a request for a path, and gives its line."""
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    config = Config()
    for name in ("accesslog", "access_log_format"):
        config.set(name, settings[name])
    logger = settings["QuietLogger"](config)
    logger.access_log.addHandler(caplog.handler)

    def line(path: str) -> str:
        response = SimpleNamespace(status="404 NOT FOUND", sent=1, headers=[])
        request = SimpleNamespace(headers=[])
        raw = path.encode().decode("latin-1")
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": raw, "RAW_URI": raw}
        environ |= {"SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "192.0.2.7"}
        environ |= {"QUERY_STRING": "q=hush", "space.request": "ab12"}
        caplog.clear()
        logger.access(response, request, environ, timedelta(seconds=1))
        (message,) = caplog.messages
        return message

    return line


def test_access_log_when_a_path_has_line_ends_then_is_one_line(
    access: Callable[[str], str],
) -> None:
    line = access("/nope\nINFO forged\x1b[2J\r\x85\x9b\u2028\u202ex")
    assert line.isprintable()
    assert "forged" in line


def test_access_log_when_a_path_is_of_any_script_then_it_can_be_read(
    access: Callable[[str], str],
) -> None:
    line = access("/blog/12-नया लेख")
    assert line.partition(" ")[2] == (
        'level=info from=access msg=GET path="/blog/12-नया लेख" status=404 bytes=1 '
        "seconds=1.000000 request=ab12"
    )


def test_access_log_when_a_page_is_of_an_address_then_has_none(
    access: Callable[[str], str],
) -> None:
    line = access("/people/192.0.2.9")
    assert "192.0.2" not in line
    assert "hush" not in line

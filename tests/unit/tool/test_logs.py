"""What visitors send stays on its line of a log, and in it."""

import logging
import runpy
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from tool.logs import LineFormatter, escaped

ROOT = Path(__file__).parents[3]
PATH = "/nope\nINFO forged\x1b[2J\r\x85\x9b\u2028\u202ex"


@pytest.mark.parametrize("code", [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0xD800])
def test_text_when_it_has_a_control_character_then_that_is_told(code: int) -> None:
    told = escaped(f"a{chr(code)}b")
    assert told.isprintable()
    assert told.startswith("a\\")


def test_text_when_printable_then_stays_and_cannot_be_mistaken() -> None:
    assert escaped("/blog/1-नया b") == "/blog/1-नया b"
    assert escaped("\\n") != escaped("\n")


def test_access_log_when_a_path_has_line_ends_then_is_one_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    config = Config()
    for name in ("accesslog", "access_log_format"):
        config.set(name, settings[name])
    logger = settings["QuietLogger"](config)
    logger.access_log.addHandler(caplog.handler)
    response = SimpleNamespace(status="404 NOT FOUND", sent=1, headers=[])
    request = SimpleNamespace(headers=[])
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": PATH, "RAW_URI": PATH}
    environ["SERVER_PROTOCOL"] = "HTTP/1.1"
    logger.access(response, request, environ, timedelta(seconds=1))
    assert len(caplog.messages) == 1
    assert caplog.messages[0].isprintable()
    assert "forged" in caplog.messages[0]


def test_log_when_a_message_has_line_ends_then_only_a_traceback_has_lines() -> None:
    formatter = LineFormatter("%(levelname)s %(message)s")
    error = ValueError("x")
    info = (ValueError, error, None)
    record = logging.LogRecord("a", 20, "f", 1, "path=%s", (PATH,), info)
    first, *rest = formatter.format(record).split("\n")
    assert first.startswith("INFO path=/nope\\nINFO forged")
    assert first.isprintable()
    assert rest == ["ValueError: x"]

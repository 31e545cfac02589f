import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.service import Service

FOREVER = [sys.executable, "-c", "import signal; signal.pause()"]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    one = Service("sleeper", tmp_path)
    yield one
    one.stop()


def test_service_when_started_runs_until_stopped(service: Service) -> None:
    service.start(FOREVER, os.environ)
    number = service.process
    assert number is not None
    assert os.getpgid(number) == number
    service.stop()
    assert service.process is None
    assert not Path(f"/proc/{number}").exists()


def test_service_when_started_twice_runs_once(service: Service) -> None:
    service.start(FOREVER, os.environ)
    first = service.process
    service.start(FOREVER, os.environ)
    assert service.process == first


def test_service_when_it_has_workers_ends_them_too(service: Service) -> None:
    parent = (
        "import os, signal, sys;"
        " child = os.fork();"
        " child and print(child, flush=True);"
        " signal.pause()"
    )
    service.start([sys.executable, "-c", parent], os.environ)
    while not (printed := service.log.read_text("utf-8")):
        assert service.process is not None
    service.stop()
    status = Path(f"/proc/{printed.strip()}/stat")
    assert (
        not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z"
    )


def test_service_when_its_number_passed_to_a_stranger_does_not_run(
    service: Service,
) -> None:
    service.record.write_text(f"{os.getpid()} 0", "utf-8")
    assert service.process is None


def test_service_when_its_record_is_torn_does_not_run(service: Service) -> None:
    service.record.write_text("12", "utf-8")
    assert service.process is None


def test_service_when_it_prints_is_heard_in_its_log(service: Service) -> None:
    service.start([sys.executable, "-c", "print('hello')"], os.environ)
    while service.process is not None:
        pass
    assert service.log.read_text("utf-8") == "hello\n"

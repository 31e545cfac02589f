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


def test_service_when_a_worker_ignores_the_parents_end_is_waited_for(
    service: Service,
) -> None:
    parent = (
        "import os, signal, sys;"
        " signal.signal(signal.SIGTERM, signal.SIG_IGN) if not os.fork() else"
        " print('ready', flush=True);"
        " signal.pause()"
    )
    service.start([sys.executable, "-c", parent], os.environ)
    group = service.process
    while not service.log.read_text("utf-8"):
        assert service.process is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sandbox.service.PATIENCE", 0.2)
        service.stop()
    assert group is not None
    alive = [
        path.name
        for path in Path("/proc").glob("[0-9]*")
        if in_group(path / "stat", group)
    ]
    assert not alive


def in_group(stat: Path, group: int) -> bool:
    """Whether a process of a group still runs, by proc(5)."""
    try:
        state, _, of, *_ = stat.read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return False
    return state != "Z" and of == str(group)


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

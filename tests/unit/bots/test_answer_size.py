"""Requests of the bots to a server that answers without an end."""

import pytest
import requests

from bots import answer_size
from sandbox.faults import Fault, FaultProxy
from sandbox.faults.broken import BOMB, HTML, HUGE
from sandbox.place import HOST


@pytest.mark.parametrize("fault", [HUGE, BOMB], ids=str)
def test_request_when_its_answer_is_huge_then_no_more_is_read_than_the_limit(
    monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    monkeypatch.setattr(answer_size, "LARGEST_ANSWER", 2**18)
    with (
        FaultProxy(f"http://{HOST}:9").serving() as proxy,
        answer_size.sized(requests.Session()) as session,
    ):
        proxy.fault = fault
        with pytest.raises(requests.RequestException, match="octets"):
            session.get(proxy.url, timeout=60)
        proxy.fault = HTML
        assert "sign in" in session.get(proxy.url, timeout=60).text

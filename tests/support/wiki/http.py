"""Prepared HTTP answers for a `requests.Session`, without a network."""

from io import BytesIO
from typing import Any

import requests
from requests.adapters import BaseAdapter


class Prepared(BaseAdapter):
    """Gives the prepared answers in turn and keeps what was sent.

    An answer is a status, a body and headers, or an exception to raise.
    """

    def __init__(self, *answers: "tuple[int, str, dict[str, str]] | Exception") -> None:
        super().__init__()
        self.answers = list(answers)
        self.sent: list[requests.PreparedRequest] = []

    def send(
        self, request: requests.PreparedRequest, **options: Any
    ) -> requests.Response:
        self.sent.append(request)
        self.timeout = options["timeout"]
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        response = requests.Response()
        response.status_code, body, headers = answer
        response.raw = BytesIO(body.encode())
        response.headers.update(headers)
        response.url = request.url or ""
        response.request = request
        return response

    def close(self) -> None:
        self.answers.clear()

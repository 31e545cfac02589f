"""Rate limits of requests: who is counted, and the refusal of who asks too often."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, request
from werkzeug.exceptions import TooManyRequests

from tool.app.services import services
from tool.app.web.visitor import visitor
from tool.rates import Caller, Rate

View = TypeVar("View", bound=Callable[..., Any])


def seconds_to_wait(rate: Rate) -> int:
    """Count this request; returns 0, or the seconds for which it is too early."""
    current = visitor()
    session = current.session.csrf if current.session else ""
    caller = Caller(current.user or "", session, request.remote_addr or "")
    return services().rates.wait(rate, caller)


def count(rate: Rate) -> None:
    """Count this request. Raises TooManyRequests when it is too early."""
    seconds = seconds_to_wait(rate)
    if seconds:
        raise TooManyRequests(retry_after=seconds)


def count_address(rate: Rate) -> None:
    """Count this request by its address alone, for an answer that is the same for all.

    Raises TooManyRequests when it is too early.
    """
    seconds = services().rates.wait(rate, Caller(address=request.remote_addr or ""))
    if seconds:
        raise TooManyRequests(retry_after=seconds)


def limited(rate: Rate) -> Callable[[View], View]:
    """Decorator of a view that is refused (429) to who asks for it too often."""

    def wrap(view: View) -> View:
        @wraps(view)
        def counted(*args: Any, **kwargs: Any) -> Any:
            count(rate)
            return view(*args, **kwargs)

        return cast("View", counted)

    return wrap


def too_early(response: Response, seconds: int) -> Response:
    """The response as a refusal (429) with Retry-After; unchanged for 0 seconds."""
    if seconds:
        response.status_code = TooManyRequests.code
        response.headers["Retry-After"] = str(seconds)
    return response

"""Exceptions: one root, for broken infrastructure and wrong settings."""


class SpaceError(Exception):
    """Root of the exceptions: broken infrastructure or a bug, never a wiki's "no".

    SpaceError
    ├── WikiUnavailableError    the wiki did not answer, or not in a form we know
    │   ├── NotSentError        it was not asked: nothing has happened there
    │   │   └── WikiBusyError   too many others wait for it
    │   └── SignedOutError      reading, too, needs to sign in again
    │       └── ConsumerRefusedError    the wiki refuses this program, whoever signs in
    └── ConfigurationError      a setting is missing or wrong
    """


class WikiUnavailableError(SpaceError):
    """The wiki did not answer, or not in a form we know; try later.

    `retry_after` are seconds.
    """

    retry_after = 30


class NotSentError(WikiUnavailableError):
    """The request was not sent, so nothing has happened on the wiki.

    There was no connection, no time left, or the wiki is left alone after failures.
    """


class WikiBusyError(NotSentError):
    """Too many requests of this program wait for wikis; soon there will be fewer."""

    retry_after = 5


class SignedOutError(WikiUnavailableError):
    """The session or token is no longer good: nothing can be read with it."""


class ConsumerRefusedError(SignedOutError):
    """The wiki refuses this program's OAuth consumer, whoever signs in.

    It was disabled, was never approved or has another secret; only the program's
    maintainers can change that.
    """


class ConfigurationError(SpaceError):
    """A setting is missing or wrong; the message names it and never shows its value."""

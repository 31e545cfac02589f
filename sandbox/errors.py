"""The error of a sandbox that cannot work."""


class SandboxError(Exception):
    """The sandbox cannot start or go on; the message says what to do."""

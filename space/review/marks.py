"""Marks of verdict lines: how one that was seen is recognised when it is read again.

A mark is a hash of what a line says and who signed it (`reading.Line.mark`). Anybody
can write a line that another signs, so a line that is not its signer's own is seen
under a mark of its own, and the signer's counts whenever it comes.
"""

_OF_OTHERS = "-others"


def of_others(mark: str) -> str:
    """The mark under which a line by another than its signer is seen."""
    return f"{mark}{_OF_OTHERS}"


def without_origin(mark: str) -> str:
    """The hash of a mark: the same for a line and its copies by others."""
    return mark.removesuffix(_OF_OTHERS)

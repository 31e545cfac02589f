"""The error of a blocked account, as an outcome.

The `blockinfo` of the error is that of MediaWiki's `ApiBlockInfoTrait`; the errors of
GlobalBlocking have none, only their words:
https://www.mediawiki.org/wiki/API:Errors_and_warnings,
https://www.mediawiki.org/wiki/Extension:GlobalBlocking
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from space.text.from_wikitext import plain_text
from space.wiki.outcomes import Block, Blocked

_CODES = frozenset({"autoblocked", "blocked", "systemblocked"})
_GLOBAL = ("globalblocking-", "wikimedia-globalblocking-")
_ENDLESS = frozenset({"indefinite", "infinite", "infinity", "never"})
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TEMPLATE = re.compile(r"\{\{([^{}|]++)(?:\|[^{}]*+)?\}\}")
_MOST_WORDS = 500  # characters of a reason

BlockInfo = Mapping[str, Any]


def is_block(code: str) -> bool:
    """Whether an error code of the API says that the account is blocked."""
    return code in _CODES or code.startswith(_GLOBAL)


def blocked(error: Mapping[str, Any]) -> Blocked:
    """The outcome of an `error` object whose code is one of a block."""
    code, info = str(error.get("code", "")), str(error.get("info", ""))
    block = error.get("blockinfo")
    if not isinstance(block, Mapping):
        block = {}
    sort = _sort(code, block)
    until, endless = _end(str(block.get("blockexpiry") or ""))
    reasons = (_plain(str(part.get("blockreason") or "")) for part in _parts(block))
    # Without its details, the words of a global block are all that is known of it.
    words = _plain(info) if sort is Block.GLOBAL and not block else ""
    return Blocked(
        info,
        block=sort,
        by=next((n for p in _parts(block) if (n := str(p.get("blockedby") or ""))), ""),
        reason=" ".join(dict.fromkeys(filter(None, reasons))) or words,
        until=until,
        endless=endless,
        may_appeal=sort is Block.SITE and block.get("blockowntalk") is False,
    )


def _sort(code: str, block: BlockInfo) -> Block:
    if code.startswith(_GLOBAL):
        return Block.GLOBAL
    if code == "systemblocked" or block.get("systemblocktype"):
        return Block.SYSTEM
    if code == "autoblocked":
        return Block.ADDRESS
    return Block.PAGE if block.get("blockpartial") else Block.SITE


def _parts(block: BlockInfo) -> Iterator[BlockInfo]:
    """The blocks that a composite one is made of; else the block itself."""
    yield from block.get("blockcomponents") or (block,)


def _end(expiry: str) -> tuple[datetime | None, bool]:
    """When a block ends, and whether it is known never to."""
    if expiry.lower() in _ENDLESS:
        return None, True
    try:
        end = datetime.fromisoformat(expiry)
    except ValueError:
        return None, False
    return (end if end.tzinfo else end.replace(tzinfo=UTC)), False


def _plain(wikitext: str) -> str:
    """A reason without markup; a template in it stands for its name."""
    text = _COMMENT.sub("", wikitext)
    named = _TEMPLATE.sub(lambda template: template[1].strip(), text)
    return plain_text(named)[:_MOST_WORDS]

"""Tracking parameters: WSGI middleware that removes them from the query string.

Facebook, newsletters and advertisers add them to links that people follow or share.
Pages and feeds answer as without them, and none comes into a link, a canonical URL or a
cache. The API refuses them like any unknown key, as its description says.

The names are those that browsers and blockers strip on every site (Firefox's query
stripping, AdGuard's general list).
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote_plus

from flask import Flask

from tool.app.web.errors import API

PREFIXES = ("utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "itm_", "__hs", "elq")
KEYS = frozenset(
    (
        # Google
        *("gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source"),
        *("gad_campaignid", "srsltid", "_ga", "_gl"),
        # Meta
        *("fbclid", "igshid", "igsh", "mibextid", "fb_action_ids"),
        *("fb_action_types", "fb_comment_id", "fb_ref", "fb_source", "__tn__"),
        # X, and other networks
        *("s", "t", "twclid", "ref_src", "ref_url", "ttclid", "li_fat_id", "trk"),
        *("epik", "rdt_cid", "sccid", "si", "ref", "vgo_ee"),
        # Microsoft, Yandex, Yahoo
        *("msclkid", "cvid", "yclid", "ysclid", "ymclid", "_openstat", "guccounter"),
        *("guce_referrer", "guce_referrer_sig"),
        # Newsletters and marketing: Mailchimp, HubSpot, Marketo, Klaviyo, and others
        *("mc_cid", "mc_eid", "_hsenc", "_hsmi", "hsctatracking", "mkt_tok"),
        *("_ke", "_kx", "oly_anon_id", "oly_enc_id", "vero_conv", "vero_id"),
        *("ml_subscriber", "ml_subscriber_hash", "ck_subscriber_id", "wickedid"),
        *("__s", "rb_clickid", "s_cid", "s_kwcid", "ef_id", "dm_i", "_bta_tid"),
        *("_bta_c", "bbeml", "nr_email_referer", "wt.mc_id", "wt_mc"),
    )
)
"""In lower case; the tool has no such keys of its own."""

_Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def is_tracking(key: str) -> bool:
    """Whether a key is a tracking parameter, in any case."""
    folded = key.casefold()
    return folded in KEYS or folded.startswith(PREFIXES)


def without_tracking(query: str) -> str:
    """A query string without tracking parameters, otherwise unchanged."""
    pairs = query.split("&")
    ours = [p for p in pairs if not is_tracking(unquote_plus(p.partition("=")[0]))]
    return query if len(ours) == len(pairs) else "&".join(ours)


def init_app(app: Flask) -> None:
    """Wrap the application and all of its caches."""
    inner: _Application = app.wsgi_app

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        if query and not environ.get("PATH_INFO", "").startswith(API):
            environ = {**environ, "QUERY_STRING": without_tracking(query)}
        return inner(environ, start_response)

    app.wsgi_app = answer  # type: ignore[method-assign]

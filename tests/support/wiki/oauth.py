"""A person's OAuth 2.0 session, signed in through the sandbox's gateway."""

import base64
import hashlib
import secrets

from requests_oauthlib import OAuth2Session

from sandbox.accounts import OAUTH_CLIENT
from tests.support.tool.visitor import Visitor
from tests.support.wiki.sandbox import Sandbox

CALLBACK = "http://127.0.0.1:1/oauth-callback"


def oauth_session(sandbox: Sandbox, name: str) -> OAuth2Session:
    """A session whose requests carry the person's token; needs plain http allowed."""
    base = f"{sandbox.place.public_url}/w/rest.php/oauth2"
    verifier = secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    session = OAuth2Session(OAUTH_CLIENT.client_id, redirect_uri=CALLBACK)
    address, _state = session.authorization_url(
        f"{base}/authorize",
        code_challenge=base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        code_challenge_method="S256",
    )
    visitor = Visitor(sandbox)
    try:
        page = visitor.fill_in_wiki_login(visitor.open(address), name)
        back = visitor.allow(page, follow=False).headers["Location"]
    finally:
        visitor.close()
    session.fetch_token(
        f"{base}/access_token",
        authorization_response=back,
        client_secret=OAUTH_CLIENT.client_secret,
        code_verifier=verifier,
    )
    return session

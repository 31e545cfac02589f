"""The gateway's own pages: consent, refusal and cancellation of a sign-in."""

from html import escape

from sandbox.accounts import OAUTH_CLIENT

FRAME = """<!DOCTYPE html>
<html lang="en" dir="ltr">
<head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><h1>{title}</h1>
{body}
</body></html>
"""

CONSENT = """<p>Hi <bdi>{user}</bdi>, in order to complete your request,
<b>{client}</b> needs permission to do the following on your behalf:</p>
<ul><li>Edit existing pages</li><li>Create, edit, and move pages</li></ul>
<form method="post">
<input type="hidden" name="token" value="{token}">
<button name="accept" value="1">Allow</button>
<button name="cancel" value="1">Cancel</button>
</form>"""


def consent(user: str, token: str) -> str:
    """The question whether the client may act for this person."""
    body = CONSENT.format(
        user=escape(user), client=escape(OAUTH_CLIENT.name), token=escape(token)
    )
    return FRAME.format(title="Connected apps", body=body)


def cancelled() -> str:
    """What a person sees after Cancel: nobody is sent back to the client."""
    body = f"<p>You did not allow {escape(OAUTH_CLIENT.name)} to use your account.</p>"
    return FRAME.format(title="Connection cancelled", body=body)


def refused(reason: str) -> str:
    """A request for sign-in that is wrong in itself."""
    return FRAME.format(title="OAuth error", body=f"<p>{escape(reason)}</p>")

"""The sign-in gateway: OAuth before the sandbox wiki, as Wikimedia does it.

Browsers and programs see one origin: the gateway answers `rest.php/oauth2/*` and the
consent form, and passes everything else on to the wiki. A request with a bearer token
(OAuth 2.0), or one that an owner-only consumer has signed (OAuth 1.0a), reaches the
wiki as a request of that person. Of the OAuth extension's OAuth 2.0, grants and change
tags are not imitated; `signatures` says what is not of OAuth 1.0a.
"""

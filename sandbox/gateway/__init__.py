"""The sign-in gateway: OAuth 2.0 before the sandbox wiki, as Wikimedia does it.

Browsers and programs see one origin: the gateway answers `rest.php/oauth2/*` and the
consent form, and passes everything else on to the wiki. A request with a bearer token
reaches the wiki as a request of that token's owner. Grants and change tags of the
OAuth extension are not imitated.
"""

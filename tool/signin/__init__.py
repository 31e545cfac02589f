"""Sign-in with Wikimedia OAuth 2.0: sessions, and tokens at rest."""

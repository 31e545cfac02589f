"""Sign-in with Wikimedia OAuth 2.0: client, sessions, and encrypted tokens."""

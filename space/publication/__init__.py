"""Published posts, events and discussions, and what is derived from them."""

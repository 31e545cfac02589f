"""Text of any script and direction: folding, plain text, search, messages."""

"""The wiki as the domain sees it: one protocol, its values and its outcomes."""

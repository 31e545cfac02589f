"""Following events, and being interested in one: edits in the visitor's name."""

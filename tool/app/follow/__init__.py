"""Following events or posts, being interested in an event: edits of the visitor."""

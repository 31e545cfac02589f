"""Readers of talk pages: `Thread`s with their `Comment`s.

discussion_tools   from the answer of the wiki's DiscussionTools
wikitext           from signatures and indentation, for wikis without it
signatures         who signed, and where; `timestamps` when
ids                the ids that the wiki itself gives to comments
html               the little HTML that comments are stored in
"""

from space.wiki.threads import Comment, Thread

__all__ = ["Comment", "Thread"]

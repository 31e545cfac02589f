"""Threads of talk pages: values, their two readers, and the index of them.

model              `Thread`, `Comment`
discussion_tools   from the answer of the wiki's DiscussionTools
wikitext           from signatures and indentation, for wikis without it
stamps, signs      the times and names of signatures; `ids` the wiki's ids
markup             the little HTML that comments are kept in
index              which talk pages changed, and their threads into the store
filters, similar   what to show; what was asked before
"""

from space.wiki.threads import Comment, Thread

__all__ = ["Comment", "Thread"]

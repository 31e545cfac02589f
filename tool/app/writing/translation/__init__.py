"""Translations of posts: which are missing, and the form that begins one."""

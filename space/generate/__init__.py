"""Generator of the files that follow from schemas, messages and tables of the codec.

Lua and TemplateData run on the wiki and documents are read in the repository, where no
Python is. So these are files, committed, and checked in CI: `python -m space.generate
[--check]`.
"""

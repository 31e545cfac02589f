"""What follows from `schemas/` and `i18n/` where no Python runs.

Lua and TemplateData live on the wiki and documents are read in the repository, so
these are files, committed and checked: `python -m space.generate [--check]`.
"""

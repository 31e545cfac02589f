"""Import of events from calendar files and plain text, into drafts for the form.

Reading never fails: it ends in values, which a person reviews before saving, and in
notes. It takes linear time and fetches nothing.
"""

"""Events from elsewhere: a calendar file or plain text, read for the form.

Whatever comes in, reading ends: in values that a person looks over before anything is
saved, and in notes. It takes time in proportion to the text and fetches nothing.
"""

"""Contacts: e-mail addresses and phone numbers of people."""

import re

_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{5,}", re.ASCII)


def is_private_contact(contact: str) -> bool:
    """Whether a contact is an e-mail address or a telephone number, not a user."""
    return "@" in contact or _PHONE.fullmatch(contact) is not None

"""The people of the sandbox: constants, known to everyone, worth nothing elsewhere."""

from dataclasses import dataclass

PASSWORD = "only-for-the-sandbox"  # noqa: S105 - public on purpose, loopback only

BOT_GRANTS = (
    "basic",
    "highvolume",
    "editpage",
    "createeditmovepage",
    "editmyoptions",  # a bot's own JSON pages
)


@dataclass(frozen=True, slots=True)
class BotPassword:
    """A `Special:BotPasswords` entry; the login name is `<account>@<app>`."""

    app: str
    password: str
    grants: tuple[str, ...] = BOT_GRANTS


@dataclass(frozen=True, slots=True)
class Account:
    """An account with its groups, and its age as autoconfirmation counts it."""

    name: str
    groups: tuple[str, ...] = ()
    edits: int = 120
    days: int = 900
    password: str = PASSWORD
    bot_password: BotPassword | None = None


ADMIN = Account("Admin", ("sysop", "bureaucrat", "interface-admin"))
BOT = Account(
    "SpaceBot",
    ("bot",),
    bot_password=BotPassword("space", "spacebotspacebotspacebotspacebot"),
)
PATROLLER = Account("Pavati", ("patroller",))
AUTOPATROLLED = Account("Aiko", ("autopatrolled",))
ORDINARY = Account("Olu")
ORDINARY_TOO = Account("Lena")
NEWCOMER = Account("Noor", edits=0, days=0)

ACCOUNTS = (
    ADMIN,
    BOT,
    PATROLLER,
    AUTOPATROLLED,
    ORDINARY,
    ORDINARY_TOO,
    NEWCOMER,
)

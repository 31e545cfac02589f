"""The accounts of the sandbox. Their secrets are public and good for nothing else."""

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

    @property
    def setting(self) -> str:
        """The form of `SPACE_BOT_PASSWORD`."""
        return f"{self.app}@{self.password}"


@dataclass(frozen=True, slots=True)
class SandboxAccount:
    """An account with its groups, and its age as autoconfirmation counts it."""

    name: str
    groups: tuple[str, ...] = ()
    edits: int = 120
    days: int = 900
    password: str = PASSWORD
    bot_password: BotPassword | None = None


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """A consumer as `Special:OAuthConsumerRegistration` would register it.

    Its callback is the path `callback` on any loopback port.
    """

    client_id: str
    client_secret: str
    name: str
    callback: str


@dataclass(frozen=True, slots=True)
class OwnerOnlyConsumer:
    """An OAuth 1.0a consumer "for use only by" `user`, with its access token."""

    name: str
    user: str
    consumer_key: str
    consumer_secret: str
    access_token: str
    access_secret: str
    grants: tuple[str, ...] = BOT_GRANTS

    @property
    def setting(self) -> str:
        """The form of `SPACE_BOT_OAUTH`."""
        keys = (self.consumer_key, self.consumer_secret)
        return " ".join((*keys, self.access_token, self.access_secret))


OAUTH_CLIENT = OAuthClient(
    client_id="5bace0000000000000000000000c11e7",
    client_secret="5bace000000000000000000000000000005ec4e7",  # noqa: S106 - as above
    name="Space (sandbox)",
    callback="/oauth-callback",
)

ADMIN = SandboxAccount("Admin", ("sysop", "bureaucrat", "interface-admin"))
BOT_PASSWORD = BotPassword("space", "spacebotspacebotspacebotspacebot")
BOT = SandboxAccount("SpaceBot", ("bot",), bot_password=BOT_PASSWORD)
BOT_CONSUMER = OwnerOnlyConsumer(
    name="Space's bot (sandbox)",
    user=BOT.name,
    consumer_key="5bace0000000000000000000000b01c1",
    consumer_secret="5bace000000000000000000000000000b015ec1",  # noqa: S106 - as above
    access_token="5bace0000000000000000000000b0170",  # noqa: S106
    access_secret="5bace000000000000000000000000000b015ec2",  # noqa: S106
)
PATROLLER = SandboxAccount("Pavati", ("patroller",))
AUTOPATROLLED = SandboxAccount("Aiko", ("autopatrolled",))
ORDINARY = SandboxAccount("Olu")
ORDINARY_TOO = SandboxAccount("Lena")
NEWCOMER = SandboxAccount("Noor", edits=0, days=0)

ACCOUNTS = (
    ADMIN,
    BOT,
    PATROLLER,
    AUTOPATROLLED,
    ORDINARY,
    ORDINARY_TOO,
    NEWCOMER,
)

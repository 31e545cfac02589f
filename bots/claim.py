"""Which database the bots of an account keep, as a page of the account says.

A lease keeps processes of one database apart (`bots.lease`). Two installations under
one account would write the same pages in turn, each by what its own database says. So
each database has a name, and the one that began last writes it on the page; the other
one reads that before it edits, and edits nothing more.
"""

import secrets

from sqlalchemy import Column, Engine, MetaData, String, Table, insert, select

from bots.lease import AlreadyRunningError
from bots.stop import CALLS_BETWEEN_READS
from space.store.tables.transactions import changing_tables, in_transaction
from space.text.messages import Translator
from space.wiki.outcomes import Saved
from space.wiki.port import Wiki
from space.wiki.values import Edit, Revision

_metadata = MetaData()
_table = Table(
    "space_claim",
    _metadata,
    Column("account", String(320), primary_key=True),
    Column("name", String(32), nullable=False),
    mysql_engine="InnoDB",
    mysql_charset="utf8mb4",
    mysql_collate="utf8mb4_bin",
)


class OtherDatabaseError(AlreadyRunningError):
    """Bots with another database edit as this account; a person has to end that."""


def claim_page(account: str) -> str:
    """The title of the page that names the database of an account's bots."""
    return f"User:{account}/run/database"


class Claim:
    """The claim of one database to an account of a wiki.

    `leased` names the account with its wiki, as it does for the lease.
    """

    def __init__(
        self,
        engine: Engine,
        wiki: Wiki,
        account: str,
        leased: str,
        translator: Translator,
    ) -> None:
        self._engine = engine
        self._wiki = wiki
        self._account = account
        self._leased = leased
        self._translator = translator
        self._edits = 0
        with changing_tables(engine) as connection:
            _metadata.create_all(connection)

    def hold(self) -> None:
        """Hold the claim before an edit; the first one and every tenth read the page.

        A database without a name gets one, and has the account from then on. Raises
        `OtherDatabaseError` where the page names another one than ours.
        """
        if self._edits % CALLS_BETWEEN_READS == 0:
            self._look()
        self._edits += 1

    def _look(self) -> None:
        title = claim_page(self._account)
        page = self._wiki.texts([title]).get(title)
        named, own = self._name_on(page), self._own_name()
        if own and named == own:
            return
        if own and named and page:
            raise OtherDatabaseError(
                self._translator.text(
                    "bots-other-database",
                    self._account,
                    f"{page.timestamp:%Y-%m-%d %H:%M} UTC",
                    title,
                )
            )
        self._write(page, own or secrets.token_hex(8))

    def _write(self, page: Revision | None, name: str) -> None:
        """Write the name on the page, then keep it.

        A refusal stays without consequence: the edit at hand will meet the same.
        """
        about = self._translator.text("bots-claim-page", self._account)
        edit = Edit(
            title=claim_page(self._account),
            text=f"{name}\n\n{about}",
            summary=self._translator.text("bots-claim-summary"),
            base=page.id if page else None,
            minor=True,
            bot=True,
        )
        if isinstance(self._wiki.save(edit), Saved) and not self._own_name():
            row = insert(_table).values(account=self._leased, name=name)
            in_transaction(self._engine, lambda connection: connection.execute(row))

    def _name_on(self, page: Revision | None) -> str:
        """The name on the page; empty where the bot did not write it."""
        if page is None or page.user != self._account:
            return ""
        return (page.text or "").partition("\n")[0].strip()

    def _own_name(self) -> str:
        """The name that this database has, empty for none."""
        query = select(_table.c.name).where(_table.c.account == self._leased)
        with self._engine.connect() as connection:
            return connection.scalar(query) or ""

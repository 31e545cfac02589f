"""Which digest a request is about: its language and region."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from space.digest.digest_text import DigestText, write_digest
from space.digest.regions import REGIONS, Region, region_named
from space.digest.selection import gather
from space.digest.subscribers import list_title
from space.digest.weeks import Week
from space.text import languages
from space.text.messages import Translator
from tool.app.services import services
from tool.app.views.options import Options
from tool.app.web.language import interface_language, offered


@dataclass(frozen=True, slots=True)
class AskedDigest:
    """A digest in a language, of a region or the whole movement.

    `is_sent` says whether the settings name the language: else there is a preview only.
    """

    language: str
    region: Region | None
    is_sent: bool

    @classmethod
    def read(cls, values: Mapping[str, str]) -> Self:
        """By the parameters; without a language that there is, the nearest one."""
        sent = services().store.settings().digest_languages
        codes = sent or tuple(services().catalogue)
        asked = values.get("language", "").lower() or interface_language()
        nearest = min(codes, key=lambda code: languages.rank(code, asked))
        return cls(nearest, region_named(values.get("region", "")), nearest in sent)

    @property
    def query(self) -> dict[str, str]:
        """The parameters that ask for it."""
        region = {"region": self.region.slug} if self.region else {}
        return {"language": self.language, **region}

    @property
    def list_title(self) -> str:
        """The title of the list of those who get it."""
        return list_title(services().config.root, self.language, self.region)

    def text(self, week: Week) -> DigestText | None:
        """Its text of a week; None while there is nothing to tell."""
        digest = gather(services().store, week, services().clock())
        say = Translator(services().catalogue, self.language)
        root = services().config.root
        return write_digest(digest, say, root, self.region) if digest else None


def this_week() -> Week:
    """The week that is going on, of which the next digest is."""
    return Week.of(services().today)


def prefix() -> str:
    """What links begin with that lead from other wikis to this one."""
    return services().store.settings().link_prefix(services().facts.addresses().host)


def language_choices() -> Options:
    """The languages of digests by what they call themselves."""
    sent = services().store.settings().digest_languages
    return [(code, languages.name(code, code)) for code in sent] or offered()


def region_choices() -> Options:
    """Regions by name."""
    return [(region.slug, region.name(interface_language())) for region in REGIONS]

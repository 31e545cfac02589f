"""Parts of the world for which there is a digest of its own, and their countries.

They are those of the United Nations' M49, the Americas in two: CLDR has names of all in
every language. https://unstats.un.org/unsd/methodology/m49/
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from space.text.languages import country_name


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its `slug` in addresses, its `title` on the wiki, its M49 code."""

    slug: str
    title: str
    code: str
    countries: frozenset[str]  # ISO 3166

    def name(self, language: str) -> str:
        """Its name in a language."""
        return country_name(self.code, language)


def _region(title: str, code: str, countries: str) -> Region:
    slug = title.lower().replace(" ", "-")
    return Region(slug, title, code, frozenset(countries.split()))


REGIONS = (
    _region(
        "Africa",
        "002",
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM "
        "LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF "
        "TG TN TZ UG YT ZA ZM ZW",
    ),
    _region(
        "Asia",
        "142",
        "AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA "
        "LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE",
    ),
    _region(
        "Europe",
        "150",
        "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS "
        "IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK",
    ),
    _region(
        "Latin America",
        "419",
        "AG AI AR AW BB BL BO BQ BR BS BV BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT "
        "GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI",
    ),
    _region("Northern America", "021", "BM CA GL PM US"),
    _region(
        "Oceania",
        "009",
        "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM "
        "VU WF WS",
    ),
)


@cache
def _by_country() -> Mapping[str, Region]:
    return {code: region for region in REGIONS for code in region.countries}


def region_of(country: str) -> Region | None:
    """The region of a country; None for Antarctica, and for no country."""
    return _by_country().get(country)


def region_named(slug: str) -> Region | None:
    """The region of a slug; None where there is none."""
    return next((region for region in REGIONS if region.slug == slug), None)

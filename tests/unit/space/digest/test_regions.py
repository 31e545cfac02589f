from collections import Counter

from space.codec.values.countries import codes
from space.digest.regions import REGIONS, region_named, region_of


def test_every_country_but_antarctica_is_in_one_region() -> None:
    counted = Counter(code for region in REGIONS for code in region.countries)
    assert set(counted.values()) == {1}
    assert set(codes()) - counted.keys() == {"AQ"}
    assert counted.keys() - set(codes()) == set()


def test_region_when_named_has_cldrs_name_in_any_language() -> None:
    region = region_of("BR")
    assert region == region_named("latin-america")
    assert region
    assert region.name("fr") == "Amérique latine"
    assert region_of("") is None

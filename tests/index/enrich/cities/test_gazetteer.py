from pathlib import Path

import pytest

from index.enrich.cities import ATTRIBUTION, find
from index.enrich.cities.gazetteer import FILE, Gazetteer, gazetteer


def test_a_name_tells_what_else_it_can_be() -> None:
    known = gazetteer()
    georgia, jordan, french, la = (known.entry(key) for key in ("georgia", "jordan", "french", "la"))
    assert georgia is not None and (known.regions[georgia.regions[0]].code, georgia.country) == ("GA", "GE")
    assert jordan is not None and jordan.country == "JO" and jordan.only_qualified
    assert french is not None and french.people == "FR"
    assert la is not None and known.regions[la.short_for].name == "Louisiana"
    assert known.entry("zzyzzx") is None


@pytest.mark.parametrize(
    "name",
    ["Kansas City", "Texarkana", "Bristol", "Chevy Chase", "Bluefield", "Union City", "Anthony"],
)
def test_a_city_across_the_state_line_is_a_city_of_its_own(name: str) -> None:
    """Towns that lie on both sides of a line are as near to each other as streets."""
    regions = [city.region for city in find(name) if city.country == "United States"]
    wanted = {
        "Kansas City": {"Missouri", "Kansas"},
        "Texarkana": {"Texas", "Arkansas"},
        "Bristol": {"Tennessee", "Virginia"},
        "Chevy Chase": {"Maryland", "District of Columbia"},
        "Bluefield": {"West Virginia", "Virginia"},
        "Union City": {"Indiana", "Ohio"},
        "Anthony": {"Texas", "New Mexico"},
    }[name]
    assert wanted <= set(regions)


def test_a_bare_name_is_the_larger_of_the_two() -> None:
    assert [city.label for city in find("Kansas City")] == ["Kansas City, Missouri", "Kansas City, Kansas"]


def test_the_file_is_small_and_its_source_is_named() -> None:
    assert FILE.stat().st_size <= 15_000_000
    assert "GeoNames" in ATTRIBUTION and "CC BY 4.0" in ATTRIBUTION


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "old.bin"
    other.write_bytes(b"something else entirely")
    with pytest.raises(ValueError, match=r"make it again: python -m index\.enrich\.cities\.compile"):
        Gazetteer(other)

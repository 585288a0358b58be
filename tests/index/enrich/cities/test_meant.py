import pytest

from index.enrich.cities.meant import UnclearError, nearly, the_city


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Portland, Ore.", "Portland, Oregon"),
        ("portland-me", "Portland, Maine"),
        ("5746545", "Portland, Oregon"),
        ("Paris, France", "Paris, Île-de-France, France"),
        ("Richmond, England", "Richmond, England"),
        ("Nowhere, Atlantis", None),
    ],
)
def test_a_name_with_its_region_an_address_name_and_an_id_mean_one_city(name: str, label: str | None) -> None:
    city = the_city(name)
    assert (city and city.label) == label


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Portland", 'there are several cities named "Portland"; write "Portland, Oregon" or "Portland, Maine".'),
        ("Portland, USA", 'there are several cities named "Portland, USA"; write "Portland, Oregon" or "Portland, '),
        ("99999999", "there is no city with the GeoNames id 99999999."),
    ],
)
def test_what_means_several_cities_or_an_id_of_none_is_not_guessed_at(name: str, message: str) -> None:
    with pytest.raises(UnclearError) as raised:
        the_city(name)
    assert str(raised.value).startswith(message)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Springfeld, Illinois", ["Springfield, Illinois"]),
        ("Springfield, Ilinois", ["Springfield, Illinois"]),
        ("Kansascity, Missouri", ["Kansas City, Missouri"]),
        ("Pheonix, Ariz.", ["Phoenix, Arizona"]),
        ("Qwxyzzy, Ohio", []),
        ("Rpm", []),
    ],
)
def test_a_misspelt_city_is_recognised_by_a_letter_or_by_its_namesakes(name: str, meant: list[str]) -> None:
    assert [city.label for city in nearly(name)] == meant

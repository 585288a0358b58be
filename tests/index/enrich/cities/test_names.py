from hypothesis import given
from hypothesis import strategies as st

from index.enrich.cities.names import key, written_forms


def test_a_key_is_the_bare_words_of_a_name() -> None:
    names = ["Coeur d'Alene", "D.C.", "São Paulo", "Łódź", "WINSTON-SALEM", "St. Louis", "29 Palms"]
    assert [key(name) for name in names] == [
        "coeur d alene",
        "d c",
        "sao paulo",
        "lodz",
        "winston salem",
        "st louis",
        "palms",
    ]


def test_saints_forts_and_mounts_have_short_forms() -> None:
    assert written_forms("Saint Paul") == ("saint paul", "st paul")
    assert written_forms("Hillsborough") == ("hillsborough", "hillsboro")
    assert written_forms("Fort Wayne") == ("fort wayne", "ft wayne")
    assert written_forms("Mount Vernon (historical)") == ("mount vernon", "mt vernon")


@given(st.text())
def test_the_key_of_a_key_is_itself(name: str) -> None:
    assert key(key(name)) == key(name)

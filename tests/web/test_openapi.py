"""Whatever the API's own description allows is answered as it says, and what it forbids is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.web.fake import FakeArchive
from web import create_app

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
checks = pytest.importorskip("schemathesis.specs.openapi.checks")

#: What no shape can tell of a search: words that are no date may be refused, and a value given twice counts once.
SEARCH_MAY = [checks.positive_data_acceptance, checks.negative_data_rejection]

ASKED = [
    ("/search", "POSITIVE", SEARCH_MAY),
    ("/search", "NEGATIVE", SEARCH_MAY),
    ("/articles/{id}", "POSITIVE", []),
    ("/suggest", "POSITIVE", []),
    ("/suggest", "NEGATIVE", []),
    ("/related", "POSITIVE", []),
    ("/related", "NEGATIVE", []),
    ("/cities", "POSITIVE", []),
    ("/cities", "NEGATIVE", []),
    ("/holdings", "POSITIVE", []),
    ("/holdings", "NEGATIVE", []),
]


@pytest.fixture(scope="module")
def schema() -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", create_app(FakeArchive()))


def test_the_description_names_every_address_of_the_api(schema: Any) -> None:
    app = create_app(FakeArchive())
    served = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")}
    described = {f"/api/v1{path}".replace("{", "<").replace("}", ">") for path in schema.raw_schema["paths"]}
    assert served - {"/api/v1/openapi.json"} == described
    assert {path for path, _, _ in ASKED} == set(schema.raw_schema["paths"])


@pytest.mark.parametrize(("path", "mode", "lenient"), ASKED)
def test_what_is_asked_is_answered_as_described(schema: Any, path: str, mode: str, lenient: list[Any]) -> None:
    questions = schema[path]["GET"].as_strategy(generation_mode=schemathesis.GenerationMode[mode])

    @settings(max_examples=20, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(questions)
    def ask(case: Any) -> None:
        # The client in the process does not unpack what it is sent.
        case.call_and_validate(excluded_checks=lenient, headers={"Accept-Encoding": "identity"})

    ask()

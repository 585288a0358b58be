"""The counters are right, those of all processes together, and in the format that Prometheus reads."""

from __future__ import annotations

import multiprocessing
import re
from threading import Thread

import pytest
from flask.testing import FlaskClient

from tests.web.fake import FakeArchive
from web import create_app
from web.house import House
from web.metrics import BARS, Meters
from web.password import hashed

LINE = re.compile(r'[a-z_]+(?:\{[a-z]+="(?:[^"\\]|\\.)*"(?:,[a-z]+="(?:[^"\\]|\\.)*")*\})? [0-9.]+')


def _count(meters: Meters, times: int) -> None:
    for _ in range(times):
        meters.add(0, 200, 0.01)


def numbers(client: FlaskClient) -> dict[str, float]:
    lines = client.get("/metrics").text.splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[0] != "#")}


def test_requests_are_counted_by_route_and_kind_of_answer(client: FlaskClient) -> None:
    for address in ("/search?q=flood", "/search?q=bridge", "/search?size=7", "/stories/nothing", "/nowhere"):
        client.get(address)
    found = numbers(client)
    assert {name: count for name, count in found.items() if name.startswith("morgue_requests_total")} == {
        'morgue_requests_total{route="/search",status="2xx"}': 3.0,
        'morgue_requests_total{route="/stories/<id>",status="4xx"}': 1.0,
        'morgue_requests_total{route="none",status="4xx"}': 1.0,
    }
    assert found['morgue_request_seconds_count{route="/search"}'] == 3.0
    assert found['morgue_request_seconds_bucket{route="/search",le="+Inf"}'] == 3.0
    assert numbers(client)['morgue_requests_total{route="/metrics",status="2xx"}'] == 1.0


def test_the_bars_of_the_histogram_add_up(client: FlaskClient) -> None:
    meters = Meters()
    for seconds in (0.001, 0.005, 0.006, 0.3, 60.0):
        meters.add(0, 200, seconds)
    ((ok, _, _, _, *bars, total),) = meters.totals(1)
    assert ok == 5.0
    assert dict(zip((*BARS, "more"), bars, strict=True)) == dict.fromkeys(BARS, 0.0) | {
        0.005: 2.0,
        0.01: 1.0,
        0.5: 1.0,
        "more": 1.0,
    }
    assert total == pytest.approx(60.312)


def test_every_line_is_in_the_format(client: FlaskClient) -> None:
    client.get("/search")
    answer = client.get("/metrics")
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    kinds = {}
    for line in answer.text.splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            kinds[name] = kind
        elif not line.startswith("# HELP "):
            assert LINE.fullmatch(line), line
            assert any(line.startswith(name) for name in kinds), line
    assert kinds == {
        "morgue_stories": "gauge",
        "morgue_newest_arrival": "gauge",
        "morgue_index_info": "gauge",
        "morgue_requests_total": "counter",
        "morgue_request_seconds": "histogram",
    }


def test_the_state_of_the_index_is_the_present_one(client: FlaskClient, archive: FakeArchive) -> None:
    assert numbers(client)['morgue_index_info{generation="1.1"}'] == 1.0
    archive.generation = "1.2"
    found = numbers(client)
    assert found['morgue_index_info{generation="1.2"}'] == 1.0
    assert (found["morgue_stories"], found["morgue_newest_arrival"]) == (51.0, 52.0)
    answer = client.get("/metrics")
    assert (answer.headers["Cache-Control"], answer.headers.get("ETag")) == ("no-store", None)


def test_threads_lose_no_count() -> None:
    meters = Meters()
    threads = [Thread(target=_count, args=(meters, 500)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert meters.totals(1)[0][0] == 2000.0


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_processes_count_together_and_what_one_that_ended_counted_stays() -> None:
    meters = Meters(shared=True)
    meters.add(0, 200, 0.01)
    fork = multiprocessing.get_context("fork")
    for _ in range(2):
        processes = [fork.Process(target=_count, args=(meters, 300)) for _ in range(3)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
            assert process.exitcode == 0
    assert meters.totals(1)[0][0] == 1801.0


def test_the_password_closes_the_counters_too() -> None:
    client = create_app(FakeArchive(), House(password_hash=hashed("word"))).test_client()
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", auth=("any", "word")).status_code == 200

"""How often one address may ask, and whose address it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.api.limiting import WINDOW, Allowance, Limiter, client


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_count_goes_down_and_then_refuses() -> None:
    limiter = Limiter(2, clock=Clock())
    assert [limiter.count("a") for _ in range(4)] == [
        Allowance(2, 1, 60, refused=False),
        Allowance(2, 0, 60, refused=False),
        Allowance(2, 0, 60, refused=True),
        Allowance(2, 0, 60, refused=True),
    ]


def test_the_count_begins_anew_after_a_minute() -> None:
    clock = Clock()
    limiter = Limiter(1, clock=clock)
    said = []
    for seconds in (0.0, 10.5, WINDOW - 10.5, 1.0):
        clock.now += seconds
        said.append((limiter.count("a").refused, limiter.count("b").left, limiter.count("a").reset))
    assert said == [(False, 0, 60), (True, 0, 50), (False, 0, 60), (True, 0, 59)]


def test_no_more_addresses_are_remembered_than_allowed() -> None:
    limiter = Limiter(1, most=3, clock=Clock())
    for number in range(10):
        limiter.count(str(number))
    assert (len(limiter), limiter.count("9").refused, limiter.count("0").refused) == (3, True, False)


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.floats(0, 40)), max_size=60))
def test_no_address_gets_more_than_its_limit_in_a_window(asked: list[tuple[str, float]]) -> None:
    clock = Clock()
    limiter = Limiter(3, clock=clock)
    let_in: dict[str, list[float]] = {}
    for address, later in asked:
        clock.now += later
        if not limiter.count(address).refused:
            let_in.setdefault(address, []).append(clock.now)
    for moments in let_in.values():
        # In any window of a minute at most two counts meet, so at most twice the limit comes through.
        assert max(sum(1 for other in moments if 0 <= other - one < WINDOW) for one in moments) <= 6


PROXY = ("10.0.0.0/8", "2001:db8::1")


@pytest.mark.parametrize(
    ("remote", "forwarded", "trusted", "counted"),
    [
        ("192.0.2.1", "", (), "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", (), "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", PROXY, "192.0.2.1"),
        ("10.0.0.1", "198.51.100.7", PROXY, "198.51.100.7"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.7", PROXY, "198.51.100.7"),
        ("10.0.0.1", "198.51.100.7, 10.0.0.2", PROXY, "198.51.100.7"),
        ("2001:db8::1", "198.51.100.7", PROXY, "198.51.100.7"),
        ("10.0.0.1", "", PROXY, "10.0.0.1"),
        ("10.0.0.1", "nonsense", PROXY, "nonsense"),
        ("10.0.0.1", "x" * 500, PROXY, "x" * 64),
        ("2001:db8:1:2:3::9", "", (), "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "", (), "2001:db8:1:2::/64"),
    ],
)
def test_who_asks_is_the_last_that_is_no_proxy_of_ours(
    remote: str, forwarded: str, trusted: tuple[str, ...], counted: str
) -> None:
    assert client(remote, forwarded, trusted=trusted) == counted

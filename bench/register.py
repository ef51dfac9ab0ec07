"""How fast a large register is: made anew from its ledger, checked, and served beside an empty page.

Targets are named beside what was found; none is asserted.
"""

import os
import random
import string
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final
from urllib.parse import urlencode

from bench.made_up_register import COUNTRIES, FIELDS, KINDS, made_key, name_of
from bench.measuring import alone, in_words
from bench.served import Asked, Load, Server, ask, etags, served

SIZE: Final = 100_000  # organisations
REBUILD, VERIFY = 60.0, 20.0  # seconds, of 100,000 organisations and 300,000 entries
SHARE: Final = 0.70  # of the rate of an empty page
P95: Final = 0.050  # seconds
MANY, SEVERAL = 5_000, 500  # organisations that are asked for in turn
QUERIES: Final = 2_000
# Badges and answers for programs: both workers of the server always have something to do.
BUSY: Final = Load(threads=2, connections=8, seconds=3)
# Pages: one request after the other, so that the time to an answer holds no queue. Two connections may
# both have come to the same worker.
CALM: Final = Load(threads=1, connections=1, seconds=5)
# Beside an empty page each. Now and then all connections come to one worker, whose threads then stand in one
# another's way, whatever is asked: of each the median counts, of the empty page that of all rounds together.
ROUNDS: Final = 3
WIDE: Final = 44


def register(size: int = SIZE, rounds: int = ROUNDS) -> None:
    """Print what a register of so many made-up organisations takes, and which targets are missed."""
    print(f"\nA register of {size:,} made-up organisations")
    missed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="touchstone-bench-") as folder:
        home = Path(folder)
        missed += _from_the_ledger(home, size)
        with served(home) as server:
            missed += _beside_an_empty_page(server, size, rounds)
            missed += _pages(server, size)
    print(f"  missed: {'; '.join(missed)}" if missed else "  every target is met")


def _from_the_ledger(home: Path, size: int) -> Iterator[str]:
    """The times of the whole ledger; gives what missed its target."""
    made = alone("bench.kept_register", "make", str(size), home=home)
    print(
        f"  {made['entries']:,} entries, {made['heads']:,} heads: made and signed in "
        f"{in_words(made['made'])}, kept in {in_words(made['kept'])}",
        flush=True,
    )
    done = alone("bench.kept_register", "rebuild", home=home)
    told = f"{in_words(done['processor'])} of the processor, at most {done['megabytes']:,.0f} MB"
    yield from _timed("the register made from the ledger", done["seconds"], REBUILD, told)
    yield from _timed("touchstone ledger verify", _command(home, "ledger", "verify"), VERIFY)
    yield from _timed("touchstone register rebuild --check", _command(home, "register", "rebuild", "--check"))


def _timed(what: str, seconds: float, target: float | None = None, more: str = "") -> Iterator[str]:
    aim = f"target {target:.0f} s, {seconds / target:.2f} x" if target else ""
    print(f"  {what:{WIDE}} {in_words(seconds):>9}   {', '.join(filter(None, (aim, more)))}", flush=True)
    if target and seconds > target:
        yield f"{what} takes {in_words(seconds)}"


def _command(home: Path, *words: str) -> float:
    """Seconds of a command that has nothing to find fault with."""
    began = perf_counter()
    subprocess.run(
        [sys.executable, "-m", "touchstone", *words],
        check=True, stdout=subprocess.DEVNULL, env={**os.environ, "TOUCHSTONE_HOME": str(home)},
    )  # fmt: skip
    return perf_counter() - began


def _beside_an_empty_page(server: Server, size: int, rounds: int) -> Iterator[str]:
    """Badges and the status, each in turns with an empty page; gives what missed its target."""
    several = _keys(size, SEVERAL)
    badges = [f"/badge/{key}.svg" for key in several]
    # What a badge rests on is signed when it is asked for first, once for ever; that is not served fast.
    # Of the others in turn each worker soon has the answers at hand; of all of them it never has.
    held = etags(server, badges)
    paths: dict[str, tuple[Sequence[str], Mapping[str, str]]] = {
        f"badges of {SEVERAL} organisations in turn": (badges, {}),
        "the badge of one": (badges[:1], {}),
        "the same badges, known to who asks": (badges, held),
        f"status of {SEVERAL} organisations in turn": ([_status(key) for key in several], {}),
        "the status of one": ([_status(several[0])], {}),
        f"status of all {size:,} in turn": ([_status(key) for key in _keys(size, size)], {}),
    }
    print(f"  served by two workers, {BUSY.connections} connections at once, {rounds} rounds")
    found = [_round(server, paths) for _ in range(rounds)]
    empties = [empty for one in found for _, empty in one.values()]
    _rates("an empty page", empties)
    for what in paths:
        beside = [one[what] for one in found]
        ratio = median(asked.rate for asked, _ in beside) / median(empty.rate for empty in empties)
        work = _share(median(empty.work for empty in empties), median(asked.work for asked, _ in beside))
        told = f"{ratio:5.0%} of an empty page (target {SHARE:.0%}), {work:.0%} by the processor"
        _rates(what, [asked for asked, _ in beside], told)
        if ratio < SHARE:
            yield f"{what}: {ratio:.0%} of the rate of an empty page"


def _share(of: float, work: float) -> float:
    """0 where the system does not tell the work of a server."""
    return of / work if work else 0.0


def _round(
    server: Server, paths: Mapping[str, tuple[Sequence[str], Mapping[str, str]]]
) -> dict[str, tuple[Asked, Asked]]:
    """What → what was found of it, and of an empty page just before."""
    return {
        what: (ask(server, ["/empty/"], BUSY), ask(server, asked, BUSY, etags=known))[::-1]
        for what, (asked, known) in paths.items()
    }


def _rates(what: str, found: Sequence[Asked], more: str = "") -> None:
    rate, p95, work = (median(getattr(one, name) for one in found) for name in ("rate", "p95", "work"))
    faults = "".join(f", {one.faults}" for one in found if one.faults)
    print(
        f"    {what:{WIDE}} {rate:7,.0f} a second, p95 {in_words(p95):>8}, "
        f"processor {in_words(work):>8}   {more}{faults}",
        flush=True,
    )


def _pages(server: Server, size: int) -> Iterator[str]:
    """Search and pages of organisations; gives what missed its target."""
    print("  pages, one connection: p95 with no queue before the workers")
    queries = _queries(size)
    pages: dict[str, list[str]] = {f"search, {what}": paths for what, paths in queries.items()}
    pages["search, all of these mixed"] = _mixed(queries)
    pages["the first page of the register"] = ["/register/"]
    pages[f"pages of {MANY:,} organisations in turn"] = [f"/register/{one}/" for one in _keys(size, MANY)]
    for what, paths in pages.items():
        found = ask(server, paths, CALM)
        _rates(what, [found], f"target {in_words(P95)}")
        if found.p95 >= P95:
            yield f"{what}: p95 {in_words(found.p95)}"


def _queries(size: int) -> dict[str, list[str]]:
    """Kind of search → addresses: far more of them than the server keeps answers at hand."""
    chance = random.Random(48)
    common = [*FIELDS, *sorted({word for kind in KINDS for word in kind.split() if word.isalpha()})]

    def place() -> str:
        words = name_of(chance.randrange(size)).split()
        return next((word for word in words if word not in common and len(word) > 3), words[0])

    def filtered() -> dict[str, str]:
        choices = {
            "country": COUNTRIES, "level": ("bronze", "silver", "gold"), "state": ("valid", "lapsed"),
            "expiring": ("3", "6", "12"), "sort": ("until", "-until", "country", "portfolio"),
        }  # fmt: skip
        return {name: chance.choice(choices[name]) for name in chance.sample(sorted(choices), 2)}

    kinds: dict[str, Callable[[], dict[str, str]]] = {
        "a common word": lambda: {"q": chance.choice(common), "country": chance.choice(("", *COUNTRIES))},
        "a rare word": lambda: {"q": place()},
        "two words": lambda: {"q": " ".join(chance.sample([chance.choice(common), place()], 2))},
        "two common words": lambda: {"q": " ".join(chance.sample(common, 2))},
        "a typing error": lambda: {"q": _mistyped(place(), chance)},
        "nothing found": lambda: {"q": "".join(chance.choices("qxz", k=9))},
        "filters only": filtered,
        "a common word and filters": lambda: {"q": chance.choice(common), **filtered()},
        "a rare word, on another day": lambda: {"q": place(), "on": _day(chance)},
        "filters, on another day": lambda: {**filtered(), "on": _day(chance)},  # the others are soon at hand
    }
    return {what: [f"/register/?{urlencode(one())}" for _ in range(QUERIES)] for what, one in kinds.items()}


def _day(chance: random.Random) -> str:
    return f"{chance.randrange(2012, 2027)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"


def _mistyped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + chance.choice(string.ascii_lowercase) + word[at + 1 :]


def _mixed(queries: Mapping[str, Sequence[str]]) -> list[str]:
    return [path for turn in zip(*queries.values(), strict=True) for path in turn]


def _status(key: str) -> str:
    return f"/api/v1/organisations/{key}/status"


def _keys(size: int, count: int) -> list[str]:
    numbers = random.Random(count).sample(range(size), min(count, size))
    return [made_key(number) for number in numbers]

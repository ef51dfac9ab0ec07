from datetime import date

import pytest

from touchstone.apps import pack
from touchstone.core.faults import Unusable


def test_the_pack_is_read_once() -> None:
    assert pack.scheme() is pack.scheme("ecei")


def test_each_language_of_it_is_read_once() -> None:
    assert pack.scheme(language="lt") is pack.scheme("ecei", language="lt")
    assert pack.scheme(language="lt").areas["A"].name == "Klasterio struktūra"


def test_a_language_that_the_pack_lacks_is_unusable() -> None:
    with pytest.raises(Unusable):
        pack.scheme(language="xx")


def test_the_rule_set_of_a_day_is_the_one_in_force() -> None:
    assert pack.rule_set_on(date(2013, 2, 23)).id == "2012"
    assert pack.rule_set_on(date(2026, 11, 21)) == pack.rule_set("ecei", "2022")


def test_a_pack_that_is_not_there_is_unusable() -> None:
    with pytest.raises(Unusable):
        pack.scheme("no-such-pack")

from touchstone.core.labels.model import EntryKind, LabelLevel


def test_three_kinds_of_entries_grant_a_period() -> None:
    assert [kind for kind in EntryKind if kind.grants] == [
        EntryKind.AWARD,
        EntryKind.RENEWAL,
        EntryKind.UPGRADE,
    ]


def test_levels_have_an_order() -> None:
    assert sorted(LabelLevel, key=lambda level: level.rank) == [
        LabelLevel.BRONZE,
        LabelLevel.SILVER,
        LabelLevel.GOLD,
    ]

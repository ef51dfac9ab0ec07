"""How many organisations the register has on a day, kept: counting them takes as long as reading them all.

Made from the stretches of the register. A question sums a few numbers of each group that it means, whatever
the day and however many organisations there are.
"""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from touchstone.core.labels.model import LabelLevel, Standing

Row = TypeVar("Row", bound=models.Model)


class Narrowing(models.QuerySet[Row]):
    """What rows of the register can be narrowed to, where they are shown as where they are counted."""

    def headlines(self) -> Self:
        """With `on`, one row an organisation: the level that is shown first."""
        return self.filter(headline=True)

    def in_country(self, country: str) -> Self:
        return self.filter(country=country)

    def in_portfolio(self, portfolio: str) -> Self:
        return self.filter(portfolio=portfolio)

    def holding(self, level: LabelLevel | str) -> Self:
        """Rows of a level, whether or not it is the one that its organisation shows first."""
        return self.filter(level=str(level))

    def with_state(self, standing: Standing | str) -> Self:
        return self.filter(standing=str(standing))


class RegisterGroupQuerySet(Narrowing["RegisterGroup"]):
    """Groups of rows, with `on` each with the `number` of its rows."""

    def on(self, day: date) -> Self:
        """With how many rows each has on a day, also one to come; 0 where none."""
        newest = RegisterCount.objects.filter(group=OuterRef("pk"), starts__lte=day).order_by("-starts")
        return self.annotate(number=Coalesce(Subquery(newest.values("number")[:1]), 0))

    def by(self, *fields: str) -> dict[tuple[str, ...], int]:
        """How many rows have which values of some fields; none that no row has. Needs `on`."""
        each = self.order_by().values_list(*fields).annotate(Sum("number"))
        return {tuple(values): number for *values, number in each if number}

    def total(self) -> int:
        """How many rows the groups have together. Needs `on`."""
        return int(self.aggregate(total=Sum("number"))["total"] or 0)


class RegisterGroup(models.Model):
    """Rows of the register that count as the same: of a level, a country, a portfolio and a standing."""

    headline = models.BooleanField()
    level = models.CharField(max_length=10)
    country = models.CharField(max_length=2)
    portfolio = models.CharField(max_length=60)
    standing = models.CharField(max_length=20)

    objects = RegisterGroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "portfolio", "level", "standing", "headline"], name="one_group_once"
            )
        ]

    def __str__(self) -> str:
        shown = "first" if self.headline else "beside"
        return f"{self.country} {self.portfolio} {self.level} {self.standing} {shown}"


class RegisterCount(models.Model):
    """How many rows a group has from a day on, until its next count."""

    # Both tables are made and thrown away together: there is nothing that a constraint would guard.
    group = models.ForeignKey(RegisterGroup, models.DO_NOTHING, db_constraint=False, db_index=False)
    starts = models.DateField()
    number = models.IntegerField()  # never below 0; if it were, that must not keep entries from the ledger

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "starts"], name="one_count_a_day")]

    def __str__(self) -> str:
        return f"{self.group_id} {self.starts} {self.number}"

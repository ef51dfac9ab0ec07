"""What the register is searched by. Made from the ledger, as the register is; organisations are named by the
number of their first entry, which is short and never changes.
"""

from django.db import models

LONGEST_WORD = 40  # letters of a word that are kept and compared
LONGEST_NAME = 250


class RegisterName(models.Model):
    """A name that an organisation has, had or will have, folded."""

    folded = models.CharField(max_length=LONGEST_NAME)
    first_entry = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["folded", "first_entry"], name="one_name_once")]
        indexes = [models.Index(fields=["first_entry"], name="register_names_of_one")]

    def __str__(self) -> str:
        return f"{self.folded} {self.first_entry}"


class RegisterWord(models.Model):
    """A word of an organisation's names."""

    word = models.CharField(max_length=LONGEST_WORD)
    first_entry = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "first_entry"], name="one_word_once")]
        indexes = [models.Index(fields=["first_entry", "word"], name="register_words_of_one")]

    def __str__(self) -> str:
        return f"{self.word} {self.first_entry}"


class RegisterSpelling(models.Model):
    """A word that stands in the index of words, whole or with one letter left out."""

    variant = models.CharField(max_length=LONGEST_WORD)
    word = models.CharField(max_length=LONGEST_WORD)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["variant", "word"], name="one_spelling_once")]
        indexes = [models.Index(fields=["word"], name="register_spellings_of_one")]

    def __str__(self) -> str:
        return f"{self.variant} {self.word}"


class RegisterSuccession(models.Model):
    """That some entry says of an organisation that it became another: where to look for predecessors.

    Whether it did on a day, as known at a moment, the entries tell.
    """

    organisation = models.CharField(max_length=120)
    successor = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["successor", "organisation"], name="one_succession_once")
        ]
        indexes = [models.Index(fields=["organisation"], name="register_successions_of_one")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.successor}"

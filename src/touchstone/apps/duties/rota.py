"""Everything that is due again and again, in the order in which one thing leads to the next."""

from datetime import datetime

from touchstone.apps.duties.services import Due
from touchstone.apps.notices import services as notices
from touchstone.apps.register import opening
from touchstone.apps.register import services as register
from touchstone.apps.watching import services as watching
from touchstone.apps.watching import telling, webhooks


def _close_day(at: datetime) -> str:
    closed = register.close_day(at=at)
    return f"head of {closed.day} signed" if closed else ""


def _dump(at: datetime) -> str:
    made = opening.dump(at=at)
    return f"open data of {made.name} written" if made else ""


DUTIES = (
    Due(name="ledger day", work=_close_day),
    Due(name="names", work=lambda at: _counted(register.bring_names(at=at), "new name"), daily=True),
    Due(name="changes", work=lambda at: _counted(telling.gather(at=at), "change to tell")),
    Due(name="reminders", work=lambda at: _counted(telling.remind(at=at), "reminder to tell")),
    Due(name="letters to watchers", work=lambda at: _counted(telling.write_letters(at=at), "letter written")),
    Due(name="webhooks", work=lambda at: str(webhooks.call_due(at=at))),
    Due(name="letters", work=lambda at: str(notices.send_due(at=at))),
    Due(name="forgetting", work=lambda at: _counted(_forget(at), "old row forgotten")),
    Due(name="open data", work=_dump, daily=True),
)


def _forget(at: datetime) -> int:
    return watching.forget(at=at) + notices.forget(at=at)


def _counted(number: int, what: str) -> str:
    return f"{number} × {what}" if number else ""

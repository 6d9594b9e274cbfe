"""What happens by itself, and when. Times are those of ``TIME_ZONE``; every entry may run twice harmlessly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from huey import crontab

from zhitong.dispatch.actions import count_targets, place_accepted_offers
from zhitong.dispatch.counting import progress_of_all
from zhitong.employers.actions import close_stale_demands, count_usual_wages, note_doubts
from zhitong.employers.keeping import clear_old
from zhitong.kernel.actions import drop_expired_exports, drop_old_nonces
from zhitong.kernel.bulk import count_values
from zhitong.kernel.jobs import sweep
from zhitong.kernel.models import Account, tallies_of
from zhitong.kernel.queue import queue
from zhitong.kernel.tallies import fold
from zhitong.matching.actions import expire_offers, remind_of_interviews
from zhitong.matching.newposts import tell_all_new_posts
from zhitong.rights.actions import drop_old_counts, empty_old_enquiries, escalate_enquiries
from zhitong.workers.actions import erase_withdrawn_workers, escalate_overdue_deletions, let_old_rows_go


def by_the_clock(work: Callable[[], Any]) -> Callable[[], Any]:
    """Let the database connection go after the work, as a web request does."""

    def perform() -> Any:
        try:
            return work()
        finally:
            if not settings.HUEY.get("immediate"):
                connection.close()

    perform.__name__ = work.__name__
    return perform


def sweep_jobs() -> int:
    """Queue anew the jobs that stalled."""
    return sweep()


def expire_unanswered_offers() -> int:
    """Let offers go whose answer did not come in time."""
    return int(expire_offers(by=Account.objects.system()))


def remind_who_is_interviewed() -> int:
    """Remind people of interviews that are near; in the daytime only."""
    return int(remind_of_interviews(by=Account.objects.system()))


def place_what_was_accepted() -> int:
    """Make the placements whose news was lost."""
    return int(place_accepted_offers(by=Account.objects.system()))


def raise_late_enquiries() -> int:
    """Give enquiries whose clock has run out to the level above."""
    return int(escalate_enquiries(by=Account.objects.system()))


def forget_old_counts() -> int:
    """Drop the counts of questions whose days are over."""
    return int(drop_old_counts(by=Account.objects.system()))


def let_go_of_old_rows() -> int:
    """Delete rows of lists, statements and questions whose days are over, a portion at a time."""
    return int(let_old_rows_go(by=Account.objects.system()))


def forget_who_left() -> int:
    """Delete the data of people who left the register and did not come back in time."""
    return int(erase_withdrawn_workers(by=Account.objects.system()))


def forget_guests() -> int:
    """Empty what people without a place on the register asked, when its days are over."""
    return int(empty_old_enquiries(by=Account.objects.system()))


def forget_nonces() -> int:
    """Delete the numbers of submissions that no device sends again."""
    return int(drop_old_nonces(by=Account.objects.system()))


def close_what_is_stale() -> int:
    """Close posts that nobody refreshed."""
    return int(close_stale_demands(by=Account.objects.system()))


def count_what_posts_pay() -> int:
    """Count anew what posts of each kind of work pay."""
    return int(count_usual_wages(by=Account.objects.system()))


def count_how_far_targets_are() -> int:
    """Count what became of the posts that departments, stations and places owe."""
    return int(count_targets(by=Account.objects.system(), found=progress_of_all()))


def look_twice_at_posts() -> int:
    """Mark what is doubtful about posts that wait for their check."""
    return int(note_doubts(by=Account.objects.system()))


def tell_of_new_posts() -> int:
    """Tell those who saved a search of new posts that suit them."""
    return tell_all_new_posts()


def clear_import_files() -> int:
    """Remove files of advertisements whose days are over."""
    return clear_old()


def clear_exports() -> int:
    """Remove the spreadsheets that were kept long enough."""
    return int(drop_expired_exports(by=Account.objects.system()))


def escalate_deletions() -> int:
    """Put requests for deletion that nobody answered in time onto the city's list."""
    return int(escalate_overdue_deletions(by=Account.objects.system()))


def look_at_the_rows() -> None:
    """Let the database count anew how its rows are spread, by which it chooses the indexes of a page."""
    count_values()


def sum_up_tallies() -> int:
    """Sum up what the tallies of the past hour added and took away."""
    return sum(fold(tally) for tally in tallies_of())


SCHEDULE = (
    (sweep_jobs, crontab(minute="*")),
    (place_what_was_accepted, crontab(minute="*/5")),
    (expire_unanswered_offers, crontab(minute="10")),
    (remind_who_is_interviewed, crontab(hour="8-20", minute="20")),
    (raise_late_enquiries, crontab(minute="*/10")),
    (forget_old_counts, crontab(hour="2", minute="40")),
    (let_go_of_old_rows, crontab(hour="2-4", minute="*/10")),
    (forget_who_left, crontab(hour="3", minute="30,40,50")),
    (forget_guests, crontab(hour="2", minute="45")),
    (forget_nonces, crontab(hour="2", minute="55")),
    (close_what_is_stale, crontab(hour="1", minute="30")),
    (count_what_posts_pay, crontab(hour="1", minute="40")),
    (count_how_far_targets_are, crontab(hour="4", minute="20")),
    (look_twice_at_posts, crontab(minute="*/10")),
    (tell_of_new_posts, crontab(hour="9", minute="20")),
    (escalate_deletions, crontab(hour="0", minute="40")),
    (look_at_the_rows, crontab(hour="3", minute="10")),
    (sum_up_tallies, crontab(minute="50")),
    (clear_import_files, crontab(hour="2", minute="10")),
    (clear_exports, crontab(hour="2", minute="20")),
)

for entry, when in SCHEDULE:
    queue.periodic_task(when, name=entry.__name__)(by_the_clock(entry))

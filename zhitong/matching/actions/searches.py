"""Searches are saved and ended, and new posts that suit are told once a day."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action, note_rows
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.kernel.news import tell
from zhitong.workers.models import Consent, Source, Worker

from ..events import NewPostsFound
from ..models import SavedSearch
from ..seeking import Wanted
from .offers import has_consent


@action(at="worker", title=_("保存找岗位提醒"), about=SavedSearch)
def save_search(*, by: Account, worker: Worker, wanted: Wanted) -> SavedSearch:
    """Save what a worker looks for, so that he is told by a short message when new posts suit him.

    He must be on the register with a telephone and have agreed to it, and may have five running at once.
    """
    worker = Worker.objects.select_for_update().get(pk=worker.pk)
    _can_be_told(worker)
    running = SavedSearch.objects.running().filter(worker=worker)
    if running.filter(**vars(wanted)).exists():
        raise Refusal("search_stands_already", _("同样的找岗位提醒已经有一条。"))
    if running.count() >= SavedSearch.MOST:
        raise Refusal("enough_searches", _("最多同时保留5条找岗位提醒，请先停掉一条。"))
    return SavedSearch.objects.create(
        worker=worker,
        saved_through=Source.SELF if by.is_worker else Source.VISIT,
        expires_on=timezone.localdate() + SavedSearch.LASTS,
        **vars(wanted),
    )


@action(at="search", title=_("停止找岗位提醒"))
def end_search(*, by: Account, search: SavedSearch) -> SavedSearch:
    """Tell nothing more of a search; who holds the link of a message may do so without an account."""
    now = timezone.now()
    if not SavedSearch.objects.running().filter(pk=search.pk).update(ended_at=now):
        raise Refusal("search_over", _("这条找岗位提醒已经停止了。"))
    search.ended_at = now
    return search


@action(at="search", title=_("告知新岗位"))
def tell_new_posts(*, by: Account, search: SavedSearch, posts: tuple[int, ...]) -> SavedSearch:
    """Let a short message say that these posts are new and suit the worker: best first, once a day to a person.

    Without any post nothing is sent, and the search is only carried on to now.
    """
    Worker.objects.select_for_update().get(pk=search.worker_id)
    today, now = timezone.localdate(), timezone.now()
    if not SavedSearch.objects.due(today).filter(pk=search.pk).exists():
        raise Refusal("not_due", _("今天已经告知过，或者提醒已经停止。"))
    if posts and not has_consent(search.worker, Consent.Purpose.REGISTER):
        raise Refusal("no_consent", _("本人没有同意登记和就业服务，不能发短信。"))
    told = {"told_until": now, **({"told_on": today} if posts else {})}
    SavedSearch.objects.filter(pk=search.pk).update(**told)
    vars(search).update(told)
    if posts:
        tell(NewPostsFound(search.pk, posts))
    return search


@action(at="worker", title=_("清除找岗位提醒"))
def erase_searches_of_worker(*, by: Account, worker: Worker) -> int:
    """Delete what a person whose data are deleted looked for."""
    count = SavedSearch.objects.filter(worker=worker).delete()[0]
    note_rows(count)
    return count


def _can_be_told(worker: Worker) -> None:
    if worker.state != Worker.State.ACTIVE:
        raise Refusal("not_on_register", _("他已退出登记或并入别的登记，不能保存提醒。"))
    if worker.telephone is None:
        raise Refusal("no_telephone", _("没有登记手机号，收不到短信，请先登记手机号。"))
    if not has_consent(worker, Consent.Purpose.REGISTER):
        raise Refusal("no_consent", _("本人没有同意登记和就业服务，不能发短信。"))

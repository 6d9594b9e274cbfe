"""Topics are opened and closed; their answers stay."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import values
from zhitong.kernel.action import action
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.kernel.state import unless_taken

from ..models import Answer, Topic


@action(at=None, title=_("设立问题类别"), keeps=("name",))
def open_topic(*, by: Account, name: str, order: int = 100) -> Topic:
    """Open a topic; of topics that stand each name is there once."""
    name = values.checked_line(name, field="name", most=20)
    with unless_taken(Refusal("topic_exists", _("已经有这个类别。"), field="name")):
        return Topic.objects.create(name=name, order=order)


@action(at=None, title=_("停用问题类别"))
def close_topic(*, by: Account, topic: Topic) -> Topic:
    """Offer a topic no longer; refuses while answers of it are shown."""
    if topic.closed_on is not None:
        raise Refusal("topic_closed", _("这个类别已经停用。"))
    if Answer.objects.filter(topic=topic, state=Answer.State.PUBLISHED).exists():
        raise Refusal("topic_in_use", _("这个类别下还有已发布的常见问题，请先撤下或改到别的类别。"))
    topic.closed_on = timezone.localdate()
    Topic.objects.filter(pk=topic.pk).update(closed_on=topic.closed_on)
    return topic

"""People and programs that sign in, and what they were granted."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.privacy import BlindIndexField, SealedField, blind_index
from zhitong.kernel.roles import roles

from .org import Org
from .placed import Reached, ReachQuerySet

if TYPE_CHECKING:
    from zhitong.kernel.access import Reaching


def _held_within(grant: Reaching, path: str) -> Q:
    """Everyone sees what is theirs; whoever reaches a place sees the holders of grants in it."""
    mine = Q(**{path: grant.account.pk})
    if grant.org is None or grant.org.level is None:
        return mine
    within = Grant.objects.standing().filter(**{f"org__{grant.org.level}": grant.org.place_id})
    return mine | Q(**{f"{path}__in": within.values("account")})


class AccountQuerySet(ReachQuerySet):
    """Questions about accounts."""

    def with_telephone(self, telephone: str) -> Self:
        """Return the account with exactly this telephone, through the blind index."""
        return self.filter(telephone_index=blind_index(telephone, "telephone"))

    def granted_at(self, org: Org) -> Self:
        return self.filter(grants__org=org, grants__in=Grant.objects.standing()).distinct()


class AccountManager(BaseUserManager.from_queryset(AccountQuerySet)):  # type: ignore[misc]
    """Makes blank rows for verbs; knows the system's own account."""

    def system(self) -> Account:
        """Return the account in whose name clocks and sweeps act."""
        return cast(Account, self.get(kind=Account.Kind.SYSTEM))


class Account(AbstractBaseUser, Reached):
    """Someone who signs in: staff, an employer's contact, a worker, a partner's program, or the clock itself."""

    class Kind(models.TextChoices):
        STAFF = "staff", _("工作人员")
        EMPLOYER = "employer", _("用人单位经办人")
        WORKER = "worker", _("劳动者")
        PARTNER = "partner", _("对接系统")
        SYSTEM = "system", _("系统")

    username = models.CharField(_("用户名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    kind = models.CharField(_("种类"), max_length=10, choices=Kind)
    telephone = SealedField("telephone", verbose_name=_("手机号"), null=True, blank=True)
    telephone_index = BlindIndexField("telephone", unique=True)
    telephone_verified = models.BooleanField(_("手机号已验证"), default=False)
    is_active = models.BooleanField(_("启用"), default=True)
    is_sample = models.BooleanField(_("样例"), default=False)
    org = models.ForeignKey(
        Org, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("所属组织")
    )
    created_at = models.DateTimeField(_("开户时间"), default=timezone.now)

    objects: ClassVar[Any] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("账号")
        verbose_name_plural = _("账号")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="system"), name="account_one_system")
        ]

    class Privacy:
        open = ("id", "org", "kind", "is_active", "is_sample", "created_at", "telephone_verified")
        personal = ("username", "name", "last_login")
        sensitive = ("telephone", "telephone_index", "password")

    class Reach:
        places = ("org__",)
        ends: ClassVar[dict[str, str]] = dict.fromkeys(Org.END_KINDS, "org")
        mine = "pk"

        @staticmethod
        def also(grant: Reaching) -> Q | None:
            return _held_within(grant, "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def stands_at(self) -> Org | None:
        """The organisation that opened the account and answers for it; workers answer for themselves."""
        return self.org

    @property
    def is_worker(self) -> bool:
        """Whether it is a worker's own: what it asks and does is about himself."""
        return self.kind == Account.Kind.WORKER

    @cached_property
    def held(self) -> tuple[Reaching, ...]:
        """The grants that stand today, each with its role; a worker holds the worker's role by themselves."""
        from zhitong.kernel.access import held_by

        return held_by(self)

    def forget_held(self) -> None:
        """Read the grants anew at the next question."""
        self.__dict__.pop("held", None)


class GrantQuerySet(ReachQuerySet):
    """Questions about grants."""

    def of_active(self) -> Self:
        """Return the grants whose holder's account is not closed."""
        return self.filter(account__is_active=True)

    def unended(self) -> Self:
        """Return the grants that stand today or will stand one day."""
        to_come = Q(ends_on__gt=timezone.localdate()) & Q(ends_on__gt=F("begins_on"))
        return self.filter(Q(ends_on=None) | to_come)

    def standing(self, on: dt.date | None = None) -> Self:
        """Return the grants in force on a day (by default today)."""
        day = on or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), begins_on__lte=day)


class Grant(Reached):
    """A role that someone holds at an organisation, between two days."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="grants")
    role = models.CharField(_("角色"), max_length=40)
    org = models.ForeignKey(Org, models.PROTECT, related_name="grants", verbose_name=_("组织"))
    begins_on = models.DateField(_("起"), default=timezone.localdate)
    ends_on = models.DateField(_("止"), null=True, blank=True)

    objects: ClassVar = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("授权")
        verbose_name_plural = _("授权")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "org"], condition=Q(ends_on=None), name="grant_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("begins_on")), name="grant_ends_after_it_begins"
            ),
        ]

    class Privacy:
        open = ("id", "account", "role", "org", "begins_on", "ends_on")

    class Reach:
        own = "account"
        places = ("org__",)
        ends = dict.fromkeys(Org.END_KINDS, "org")

    NAMED_BY = ("account", "org")

    def __str__(self) -> str:
        held = roles().get(self.role)
        return f"{self.account} · {self.role if held is None else held.title} · {self.org}"

    @property
    def stands_at(self) -> Org:
        """The organisation at which the role is held."""
        return self.org


class TokenQuerySet(ReachQuerySet):
    """Questions about tokens."""

    def standing(self, on: dt.date | None = None) -> Self:
        """Return the tokens that open the API on a day (by default today), its last day included."""
        return self.filter(revoked_at=None, expires_on__gte=on or timezone.localdate())


class Token(Reached):
    """A partner system's key to the API: shown once, kept as a SHA-256 digest of 256 random bits."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="tokens")
    label = models.CharField(_("用途"), max_length=80)
    digest = models.CharField(_("摘要"), max_length=64, unique=True)
    issued_at = models.DateTimeField(_("签发时间"), default=timezone.now)
    expires_on = models.DateField(_("到期"))
    revoked_at = models.DateTimeField(_("吊销时间"), null=True, blank=True)
    used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)

    objects: ClassVar = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("接口令牌")
        verbose_name_plural = _("接口令牌")

    class Privacy:
        open = ("id", "account", "label", "issued_at", "expires_on", "revoked_at", "used_at")
        sensitive = ("digest",)

    class Reach:
        places = ("account__org__",)
        own = "account"

        @staticmethod
        def also(grant: Reaching) -> Q | None:
            return _held_within(grant, "account")

    def __str__(self) -> str:
        return self.label

    @property
    def stands_at(self) -> Org | None:
        """The organisation that answers for the partner's account."""
        return self.account.org

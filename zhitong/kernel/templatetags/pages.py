"""Tags of every page: icons, panels, money, and the kind of a form's control."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.template.context import Context
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zhitong.kernel import fields
from zhitong.kernel.web.form import dressed
from zhitong.kernel.web.show import NOTHING, said

register = template.Library()


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Return the picture of this name; it says nothing to a screen reader, so a label stands beside it."""
    url = static("vendor/tabler-icons/icons.svg")
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css,
        url,
        name,
    )


@register.simple_tag(takes_context=True)
def show(context: Context, panel: Any) -> str:
    """Return a panel of a page."""
    known: Any = {**context.flatten(), **panel.context, "panel": panel}
    return get_template(panel.template).render(known, context.get("request"))


@register.simple_tag(takes_context=True)
def inner(context: Context, name: str) -> str:
    """Return another template with all that is known here."""
    known: Any = context.flatten()
    return get_template(name).render(known, context.get("request"))


@register.simple_tag
def dress(form: forms.BaseForm) -> str:
    """Give the controls of a library's form the look of ours."""
    for one in form.fields.values():
        dressed(one)
    return ""


@register.filter
def yuan(fen: int | None) -> str:
    """Return fen in yuan."""
    return NOTHING if fen is None else fields.yuan(fen)


@register.filter
def in_words(value: Any) -> str:
    """Return any value as people read it."""
    return said(value)


@register.filter
def kind_of(bound: forms.BoundField) -> str:
    """Return how a field is laid out: ``check`` (one box), ``choices`` (boxes or dots), ``file`` or ``line``."""
    widget = bound.field.widget
    if isinstance(widget, (forms.CheckboxSelectMultiple, forms.RadioSelect)):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "file" if isinstance(widget, forms.FileInput) else "line"


@register.filter
def unit_of(bound: forms.BoundField) -> Any:
    """Return the unit that stands behind a field, such as 元."""
    return getattr(bound.field, "unit", "")

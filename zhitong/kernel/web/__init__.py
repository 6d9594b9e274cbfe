"""Pages: who may open them, what is typed into them, lists, details, and the frame around all.

A view carries ``signed_in`` or ``public``. Most pages are declared: ``verb_page`` and ``create_page`` for verbs,
``Listing`` for lists, ``Detail`` for one row; ``menu`` puts a page into the navigation.
"""

from .detail import Detail, Panel, facts, history, panel, table
from .form import ActorForm, FilterForm
from .frame import Entry, menu, page_context
from .guard import public, signed_in
from .language import LanguageMiddleware
from .listing import Bulk, Listing
from .paths import page_of, visible_row
from .refused import RefusalMiddleware
from .show import Column, shown
from .verbs import create_page, create_path, verb_page, verb_path

__all__ = [
    "ActorForm",
    "Bulk",
    "Column",
    "Detail",
    "Entry",
    "FilterForm",
    "LanguageMiddleware",
    "Listing",
    "Panel",
    "RefusalMiddleware",
    "create_page",
    "create_path",
    "facts",
    "history",
    "menu",
    "page_context",
    "page_of",
    "panel",
    "public",
    "shown",
    "signed_in",
    "table",
    "verb_page",
    "verb_path",
    "visible_row",
]

"""How a list of people is read: fields and their headings, rows as facts, facts beside the register.

Nothing here asks the database or writes; what the installation knows comes in as ``Known``.
"""

from .fields import FIELDS, Field, field_named, guess_field, is_never_kept, may_be_missed
from .heads import Head, find_head, leave_out_never_kept, passed_over
from .judging import Judgement, as_new, judge
from .known import Known, Maybe, Person
from .rows import Entry, Raw, Told, Weight, read_row

__all__ = [
    "FIELDS",
    "Entry",
    "Field",
    "Head",
    "Judgement",
    "Known",
    "Maybe",
    "Person",
    "Raw",
    "Told",
    "Weight",
    "as_new",
    "field_named",
    "find_head",
    "guess_field",
    "is_never_kept",
    "judge",
    "leave_out_never_kept",
    "may_be_missed",
    "passed_over",
    "read_row",
]

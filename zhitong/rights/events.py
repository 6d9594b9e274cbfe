"""What rights tells to apps further along. Numbers only: whoever listens reads the rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EnquiryAnswered:
    """An office replied to an enquiry."""

    enquiry_id: int

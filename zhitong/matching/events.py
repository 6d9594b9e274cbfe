"""What matching tells to apps further along. Numbers only: whoever listens reads the rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RoundAdopted:
    """Proposals of a round became offers."""

    round_id: int
    count: int


@dataclass(frozen=True)
class OfferSent:
    """One post was offered to one worker."""

    offer_id: int


@dataclass(frozen=True)
class OfferAgreed:
    """A worker said yes."""

    offer_id: int


@dataclass(frozen=True)
class OfferDeclined:
    """A worker said no."""

    offer_id: int


@dataclass(frozen=True)
class OffersExpired:
    """The last day of offers passed in silence."""

    offers: tuple[int, ...]


@dataclass(frozen=True)
class OfferAccepted:
    """The employer took the worker on."""

    offer_id: int


@dataclass(frozen=True)
class OfferRefused:
    """The employer did not take the worker on."""

    offer_id: int


@dataclass(frozen=True)
class NewPostsFound:
    """These posts are new and suit the worker of a saved search, best first."""

    search_id: int
    posts: tuple[int, ...]


@dataclass(frozen=True)
class ContractEntered:
    """A contract was written down or corrected, and its worker is asked."""

    contract_id: int


@dataclass(frozen=True)
class InterviewBooked:
    """A place in an interview slot was taken."""

    interview_id: int


@dataclass(frozen=True)
class InterviewsCalledOff:
    """The employer called a slot off in which these had been booked."""

    interviews: tuple[int, ...]


@dataclass(frozen=True)
class InterviewsSoon:
    """These interviews are near."""

    interviews: tuple[int, ...]

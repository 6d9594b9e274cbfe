"""How people sign in: staff by password and a second proof, workers by telephone and code, others by invitation."""

from .adapter import AccountAdapter, MfaAdapter
from .federation import FederationAdapter
from .invitation import invitation_link, invited
from .proof import needs_second_proof, shown_name
from .sessions import SessionsMiddleware, sessions_of

__all__ = [
    "AccountAdapter",
    "FederationAdapter",
    "MfaAdapter",
    "SessionsMiddleware",
    "invitation_link",
    "invited",
    "needs_second_proof",
    "sessions_of",
    "shown_name",
]

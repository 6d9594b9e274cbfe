"""The verbs of the register: the only files that write its rows."""

from .abilities import add_certificate, add_skill, remove_certificate, remove_skill
from .applying import Part, apply_import
from .consents import give_consent, withdraw_consent
from .facts import CertificateFacts, Correction, GroupFacts, Home, Member, Wish, WorkerFacts
from .households import (
    correct_household,
    form_household,
    join_household,
    leave_household,
    link_spouse,
    unlink_spouse,
)
from .imports import (
    Findings,
    Reading,
    check_import,
    decide_row,
    discard_import,
    keep_findings,
    save_layout,
    stage_import,
    take_refused_rows,
)
from .intentions import state_intention
from .likenesses import Alike, keep_likenesses
from .loading import RegisterBatch, load_register
from .looking import export_workers, reveal_id_number, reveal_telephone
from .people import correct_worker, link_account, register_oneself, register_worker
from .persons import (
    accept_likeness,
    confirm_merge,
    merge_workers,
    reject_likeness,
    separate_worker,
    undo_decision,
)
from .priorities import end_priority_group, join_priority_group, leave_priority_group, open_priority_group
from .telephones import change_own_telephone, release_telephone
from .undoing import undo_import
from .whereabouts import confirm_status, move_worker, readmit_worker, withdraw_worker

__all__ = [
    "Alike",
    "CertificateFacts",
    "Correction",
    "Findings",
    "GroupFacts",
    "Home",
    "Member",
    "Part",
    "Reading",
    "RegisterBatch",
    "Wish",
    "WorkerFacts",
    "accept_likeness",
    "add_certificate",
    "add_skill",
    "apply_import",
    "change_own_telephone",
    "check_import",
    "confirm_merge",
    "confirm_status",
    "correct_household",
    "correct_worker",
    "decide_row",
    "discard_import",
    "end_priority_group",
    "export_workers",
    "form_household",
    "give_consent",
    "join_household",
    "join_priority_group",
    "keep_findings",
    "keep_likenesses",
    "leave_household",
    "leave_priority_group",
    "link_account",
    "link_spouse",
    "load_register",
    "merge_workers",
    "move_worker",
    "open_priority_group",
    "readmit_worker",
    "register_oneself",
    "register_worker",
    "reject_likeness",
    "release_telephone",
    "remove_certificate",
    "remove_skill",
    "reveal_id_number",
    "reveal_telephone",
    "save_layout",
    "separate_worker",
    "stage_import",
    "state_intention",
    "take_refused_rows",
    "undo_decision",
    "undo_import",
    "unlink_spouse",
    "withdraw_consent",
    "withdraw_worker",
]

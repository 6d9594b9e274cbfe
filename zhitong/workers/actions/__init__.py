"""The verbs of the register: the only files that write its rows."""

from .abilities import add_certificate, add_skill, remove_certificate, remove_skill
from .applying import Part, apply_import
from .asking import answer_status_question, ask_status_by_sms, note_questions_sent
from .carrying import order_application, order_undoing
from .checking import Checked, Same, confirm_statuses
from .consents import give_consent, withdraw_consent
from .couples import agree_to_spouse, ask_spouse, decline_spouse
from .deleting import (
    ask_deletion,
    erase_withdrawn_workers,
    escalate_overdue_deletions,
    grant_deletion,
    refuse_deletion,
    withdraw_deletion_request,
)
from .doorstep import (
    Stated,
    carry_village,
    decide_conflict,
    record_doorstep_edit,
    register_device,
    register_newcomer,
    wipe_device,
)
from .ethnicity import state_ethnicity, withdraw_ethnicity
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
from .keeping import let_old_rows_go
from .likenesses import Alike, Learned, keep_likenesses, keep_scores, search_likenesses
from .loading import RegisterBatch, load_register
from .looking import export_workers, reveal_id_number, reveal_telephone, take_own_record
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
    "Checked",
    "Correction",
    "Findings",
    "GroupFacts",
    "Home",
    "Learned",
    "Member",
    "Part",
    "Reading",
    "RegisterBatch",
    "Same",
    "Stated",
    "Wish",
    "WorkerFacts",
    "accept_likeness",
    "add_certificate",
    "add_skill",
    "agree_to_spouse",
    "answer_status_question",
    "apply_import",
    "ask_deletion",
    "ask_spouse",
    "ask_status_by_sms",
    "carry_village",
    "change_own_telephone",
    "check_import",
    "confirm_merge",
    "confirm_status",
    "confirm_statuses",
    "correct_household",
    "correct_worker",
    "decide_conflict",
    "decide_row",
    "decline_spouse",
    "discard_import",
    "end_priority_group",
    "erase_withdrawn_workers",
    "escalate_overdue_deletions",
    "export_workers",
    "form_household",
    "give_consent",
    "grant_deletion",
    "join_household",
    "join_priority_group",
    "keep_findings",
    "keep_likenesses",
    "keep_scores",
    "leave_household",
    "leave_priority_group",
    "let_old_rows_go",
    "link_account",
    "link_spouse",
    "load_register",
    "merge_workers",
    "move_worker",
    "note_questions_sent",
    "open_priority_group",
    "order_application",
    "order_undoing",
    "readmit_worker",
    "record_doorstep_edit",
    "refuse_deletion",
    "register_device",
    "register_newcomer",
    "register_oneself",
    "register_worker",
    "reject_likeness",
    "release_telephone",
    "remove_certificate",
    "remove_skill",
    "reveal_id_number",
    "reveal_telephone",
    "save_layout",
    "search_likenesses",
    "separate_worker",
    "stage_import",
    "state_ethnicity",
    "state_intention",
    "take_own_record",
    "take_refused_rows",
    "undo_decision",
    "undo_import",
    "unlink_spouse",
    "wipe_device",
    "withdraw_consent",
    "withdraw_deletion_request",
    "withdraw_ethnicity",
    "withdraw_worker",
]

"""The kernel's verbs: the only files that write the kernel's rows."""

from .accounts import (
    bear_telephone,
    close_account,
    end_role,
    end_session,
    erase_account,
    free_telephone,
    give_role,
    open_account,
    reopen_account,
)
from .exports import drop_expired_exports, export_list, keep_export, order_list
from .files import attach_file, erase_files, remove_file
from .jobs import begin_job, cancel_job, fail_job, finish_job, queue_job, requeue_job
from .layouts import save_list_layout, withdraw_list_layout
from .nonces import drop_old_nonces
from .orgs import assign_regions, close_org, open_org, open_orgs, release_regions, rename_org
from .records import claim_lines, note_reading
from .reference import load_orgs, load_reference
from .regions import NewRegion, merge_regions, rename_region, split_region
from .signin import (
    accept_invitation,
    change_own_password,
    invite_account,
    invite_employer,
    open_own_account,
    renew_invitation,
)
from .tokens import issue_token, revoke_token

__all__ = [
    "NewRegion",
    "accept_invitation",
    "assign_regions",
    "attach_file",
    "bear_telephone",
    "begin_job",
    "cancel_job",
    "change_own_password",
    "claim_lines",
    "close_account",
    "close_org",
    "drop_expired_exports",
    "drop_old_nonces",
    "end_role",
    "end_session",
    "erase_account",
    "erase_files",
    "export_list",
    "fail_job",
    "finish_job",
    "free_telephone",
    "give_role",
    "invite_account",
    "invite_employer",
    "issue_token",
    "keep_export",
    "load_orgs",
    "load_reference",
    "merge_regions",
    "note_reading",
    "open_account",
    "open_org",
    "open_orgs",
    "open_own_account",
    "order_list",
    "queue_job",
    "release_regions",
    "remove_file",
    "rename_org",
    "rename_region",
    "renew_invitation",
    "reopen_account",
    "requeue_job",
    "revoke_token",
    "save_list_layout",
    "split_region",
    "withdraw_list_layout",
]

"""The kernel's verbs: the only files that write the kernel's rows."""

from .accounts import give_role, open_account
from .exports import export_list
from .jobs import begin_job, cancel_job, fail_job, finish_job, queue_job, requeue_job
from .orgs import name_key, open_org, open_orgs, rename_org
from .records import claim_lines, note_reading
from .reference import load_orgs, load_reference

__all__ = [
    "begin_job",
    "cancel_job",
    "claim_lines",
    "export_list",
    "fail_job",
    "finish_job",
    "give_role",
    "load_orgs",
    "load_reference",
    "name_key",
    "note_reading",
    "open_account",
    "open_org",
    "open_orgs",
    "queue_job",
    "rename_org",
    "requeue_job",
]

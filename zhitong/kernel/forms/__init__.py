"""What people type into the kernel's own pages."""

from .accounts import AcceptForm, EndRoleForm, OpenAccountForm, SessionForm, TokenForm
from .files import FileForm, UploadField
from .layouts import HeadingsForm, ListLayoutForm
from .orgs import (
    GiveRoleForm,
    InviteEmployerForm,
    InviteForm,
    OpenOrgForm,
    RegionsForm,
    ReleaseForm,
    RenameOrgForm,
)
from .regions import MergeForm, RenameRegionForm, SplitForm

__all__ = [
    "AcceptForm",
    "EndRoleForm",
    "FileForm",
    "GiveRoleForm",
    "HeadingsForm",
    "InviteEmployerForm",
    "InviteForm",
    "ListLayoutForm",
    "MergeForm",
    "OpenAccountForm",
    "OpenOrgForm",
    "RegionsForm",
    "ReleaseForm",
    "RenameOrgForm",
    "RenameRegionForm",
    "SessionForm",
    "SplitForm",
    "TokenForm",
    "UploadField",
]

"""What people type into the pages of the register."""

from .abilities import CertificateForm, SkillForm
from .choosing import PlaceField, WorkerField, own_places
from .consents import ConsentForm
from .ethnicity import EthnicityForm
from .finding import FindForm, WorkerFilter
from .homes import AddressForm, HouseholdForm, JoinForm, SpouseForm
from .people import CorrectForm, LeaveForm, LinkForm, MoveForm, RegisterForm, RegisterOneselfForm, StatusForm
from .persons import ApartForm, KeepForm, LikenessFilter, MergeForm, SearchForm
from .priorities import EndGroupForm, GroupForm, JoinGroupForm
from .revealing import ConfirmTelephoneForm, NewTelephoneForm, ReleaseForm, RevealForm
from .wishes import IntentionForm

__all__ = [
    "AddressForm",
    "ApartForm",
    "CertificateForm",
    "ConfirmTelephoneForm",
    "ConsentForm",
    "CorrectForm",
    "EndGroupForm",
    "EthnicityForm",
    "FindForm",
    "GroupForm",
    "HouseholdForm",
    "IntentionForm",
    "JoinForm",
    "JoinGroupForm",
    "KeepForm",
    "LeaveForm",
    "LikenessFilter",
    "LinkForm",
    "MergeForm",
    "MoveForm",
    "NewTelephoneForm",
    "PlaceField",
    "RegisterForm",
    "RegisterOneselfForm",
    "ReleaseForm",
    "RevealForm",
    "SearchForm",
    "SkillForm",
    "SpouseForm",
    "StatusForm",
    "WorkerField",
    "WorkerFilter",
    "own_places",
]

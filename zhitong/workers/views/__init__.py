"""The pages of the register."""

from .finding import find_worker
from .likenesses import LikenessDetail, LikenessList, review_desk, to_next_pair
from .lists import GroupList, WorkerList, unchecked
from .me import choose_village, my_looks, my_page
from .people import GroupDetail, HouseholdDetail, WorkerDetail
from .revealing import reveal_path
from .telephones import about_new_telephone, new_telephone, to_own_page
from .ways import about_group, about_worker, after_registration, to_groups, to_kept, to_worker

__all__ = [
    "GroupDetail",
    "GroupList",
    "HouseholdDetail",
    "LikenessDetail",
    "LikenessList",
    "WorkerDetail",
    "WorkerList",
    "about_group",
    "about_new_telephone",
    "about_worker",
    "after_registration",
    "choose_village",
    "find_worker",
    "my_looks",
    "my_page",
    "new_telephone",
    "reveal_path",
    "review_desk",
    "to_groups",
    "to_kept",
    "to_next_pair",
    "to_own_page",
    "to_worker",
    "unchecked",
]

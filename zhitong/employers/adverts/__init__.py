"""Reading advertisements for posts as people write them; no web framework, no storage.

`read_advert` reads a whole row, the others one cell each; `unlawful_conditions` serves every text of a demand, and
`bait_signs` says where a person should look twice. What cannot be read is a `Refused` with a code and a sentence,
never an exception.
"""

from zhitong.employers.adverts.advert import NEEDS, Advert, RefusedRow, Tables, read_advert, read_published
from zhitong.employers.adverts.bait import SIGNS, Sign, bait_signs
from zhitong.employers.adverts.conditions import (
    AGE_SET_BY_LAW,
    CARRIERS_BARRED,
    CONDITIONS,
    EXCEPTIONS,
    QUESTIONS,
    WOMEN_BARRED,
)
from zhitong.employers.adverts.places import Place, Places
from zhitong.employers.adverts.refused import SENTENCES, Refused
from zhitong.employers.adverts.requirements import (
    EducationAsked,
    ExperienceAsked,
    Headcount,
    read_education,
    read_experience,
    read_headcount,
)
from zhitong.employers.adverts.salary import ASSUMPTIONS, Assumption, Salary, read_salary
from zhitong.employers.adverts.unlawful import Finding, unlawful_conditions
from zhitong.employers.adverts.usual import Usual, usual_of

__all__ = [
    "AGE_SET_BY_LAW",
    "ASSUMPTIONS",
    "CARRIERS_BARRED",
    "CONDITIONS",
    "EXCEPTIONS",
    "NEEDS",
    "QUESTIONS",
    "SENTENCES",
    "SIGNS",
    "WOMEN_BARRED",
    "Advert",
    "Assumption",
    "EducationAsked",
    "ExperienceAsked",
    "Finding",
    "Headcount",
    "Place",
    "Places",
    "Refused",
    "RefusedRow",
    "Salary",
    "Sign",
    "Tables",
    "Usual",
    "bait_signs",
    "read_advert",
    "read_education",
    "read_experience",
    "read_headcount",
    "read_published",
    "read_salary",
    "unlawful_conditions",
    "usual_of",
]

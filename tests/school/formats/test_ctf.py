"""The Common Transfer File: rows out of it, an account of it, and what it must not let through."""

from __future__ import annotations

import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from termwise.engine.library.loader import Library
from termwise.engine.library.reading import DateForms, PupilColumn
from termwise.engine.library.scale import Assessment, Scale
from termwise.engine.school.formats.ctf import read_ctf
from termwise.engine.school.formats.xml_stream import MOST_BYTES
from termwise.engine.school.model import PupilFile
from termwise.engine.school.pupil_data.pseudonyms import Pseudonyms, check_letter
from termwise.engine.school.pupil_data.rows import (
    Account,
    Given,
    PupilRow,
    Request,
    UnreadableError,
)

FILE = "transfer.xml"
REST = "999200001001"
UPN = check_letter(REST) + REST
SURNAME, FORENAME, BORN = "Quillfeather", "Zoë", "2017-03-29"

DATES = DateForms(
    plain=("%Y-%m-%d",),
    day_first=("%d/%m/%Y",),
    month_first=("%m/%d/%Y",),
    months=("%Y-%m",),
    serial_from=datetime.date(1899, 12, 30),
)
WORDS = SimpleNamespace(missing={"": "the cell is empty", "n/a": "not applicable"}, dates=DATES)
COLUMNS: list[dict[str, Any]] = [
    {"id": "upn", "title": "pupil number", "kind": "upn", "aliases": ["UPN", "Former UPN"]},
    {
        "id": "surname",
        "title": "surname",
        "kind": "surname",
        "aliases": ["Legal Surname", "Surname"],
    },
    {"id": "forename", "title": "forename", "kind": "forename", "aliases": ["Forename"]},
    {"id": "birth", "title": "date of birth", "kind": "birth", "aliases": ["DOB"]},
    {"id": "admitted", "title": "admitted", "kind": "admitted", "aliases": ["Start Date"]},
    {"id": "year", "title": "year group", "kind": "year", "aliases": ["NC Year Actual", "Year"]},
    {"id": "class", "title": "class", "kind": "class", "aliases": ["Reg Group"]},
    {"id": "sex", "title": "sex", "kind": "category", "aliases": ["Sex", "Gender"]},
    {"id": "sen", "title": "special needs", "kind": "yes-no", "aliases": ["SEN provision"]},
    {"id": "pp", "title": "pupil premium", "kind": "yes-no", "aliases": ["Pupil Premium"]},
    {"id": "judgement", "title": "judgement", "kind": "judgement", "aliases": ["Result"]},
]
ASSESSMENTS: list[dict[str, Any]] = [
    {
        "id": "phonics",
        "title": "phonics check",
        "scales": [{"scale": "mark"}],
        "stages": ["KS1", "Phonics"],
        "components": [{"id": "phonics", "title": "mark", "transfer": ["PHO/PHO"]}],
    },
    {
        "id": "phonics-outcome",
        "title": "phonics outcome",
        "scales": [{"scale": "outcome"}],
        "stages": ["KS1", "Phonics"],
        "components": [{"id": "phonics", "title": "outcome", "transfer": ["PHO/PHO"]}],
    },
    {
        "id": "ks1",
        "title": "key stage 1",
        "stages": ["KS1"],
        "components": [
            {"id": "reading", "title": "reading", "transfer": ["ENG/REA"]},
            {"id": "maths", "title": "maths", "transfer": ["MAT"]},
        ],
    },
    {
        "id": "tables-check",
        "title": "tables check",
        "stages": ["KS2 MTC"],
        "components": [{"id": "tables", "title": "tables", "transfer": ["MAT/MTC"]}],
    },
]
SCALES: list[dict[str, Any]] = [
    {"id": "mark", "numbers": {"least": 0, "most": 40}, "codes": {"a": "absent"}},
    {
        "id": "outcome",
        "grades": [
            {"id": "wt", "title": "not met", "value": -2},
            {"id": "wa", "title": "met", "value": -1},
        ],
        "codes": {"a": "absent"},
    },
]


def _library() -> Library:
    return cast(
        Library,
        SimpleNamespace(
            columns={c["id"]: PupilColumn.model_validate(c) for c in COLUMNS},
            words=WORDS,
            assessments={
                a["id"]: Assessment.model_validate({"kind": "statutory", **a}) for a in ASSESSMENTS
            },
            scales={
                s["id"]: Scale.model_validate(
                    {"title": s["id"], "used_for": "statutory", "version": "1", **s}
                )
                for s in SCALES
            },
        ),
    )


class Reader:
    """Reads one file in a made-up school."""

    def __init__(self, folder: Path) -> None:
        self.pseudonyms = Pseudonyms(folder, "made-up")
        self.account = Account(FILE)

    def read(self, text: str | bytes, names: bool = False) -> list[PupilRow]:
        self.account = Account(FILE)
        request = Request(
            file=PupilFile(name=FILE),
            pupils=cast(Any, None),
            school=cast(Any, None),
            library=_library(),
            pseudonyms=self.pseudonyms,
            names=names,
        )
        raw = text.encode() if isinstance(text, str) else text
        return list(read_ctf(raw, request, self.account))

    def aside(self) -> list[tuple[str, str, bool]]:
        return [(item.column, item.reason, item.mistake) for item in self.account.set_aside]


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return Reader(tmp_path)


def _assessment(
    subject: str, component: str, result: str, year: str = "2024", more: str = ""
) -> str:
    year = f"<Year>{year}</Year>" if year else ""
    return (
        f"<StageAssessment><Subject>{subject}</Subject><Component>{component}</Component>"
        f"<Method>TA</Method><Result>{result}</Result>{year}{more}</StageAssessment>"
    )


def _stage(*assessments: str, stage: str = "KS1") -> str:
    inside = "".join(assessments)
    return (
        f"<StageAssessments><KeyStage><Stage>{stage}</Stage>{inside}</KeyStage></StageAssessments>"
    )


def _pupil(inside: str = "", upn: str = UPN) -> str:
    return f"<Pupil>\n<UPN>{upn}</UPN>{inside}</Pupil>\n"


def _file(*pupils: str) -> str:
    inside = "".join(pupils)
    return f'<?xml version="1.0"?>\n<CTfile>\n<CTFpupilData>\n{inside}</CTFpupilData></CTfile>'


NAMED = (
    f"<Surname>{SURNAME}</Surname><Forename>{FORENAME}</Forename><DOB>{BORN}</DOB><Sex>F</Sex>"
    "<BasicDetails><NCyearActual>3</NCyearActual><RegGroup>3B</RegGroup></BasicDetails>"
    "<SEN><SENprovision>K</SENprovision><StartDate>2024-01-08</StartDate></SEN>"
)


def test_a_pupil_becomes_a_row_with_fields_by_column(reader: Reader) -> None:
    [row] = reader.read(_file(_pupil(NAMED)))
    assert row.number == 4
    assert row.who.upn == reader.pseudonyms.of("upn", UPN)
    assert dict(row.texts) == {
        "birth": "2017-03",
        "sex": "F",
        "year": "3",
        "class": "3B",
        "sen": "K",
    }
    assert row.who.shown is None
    assert reader.account.kind == "Common Transfer File"
    assert reader.account.rows == 1
    assert reader.account.headings["year"] == "NCyearActual"
    assert reader.account.columns == [
        ("UPN", "pupil number"),
        ("Surname", "surname"),
        ("Forename", "forename"),
        ("DOB", "date of birth"),
        ("Sex", "sex"),
        ("NCyearActual", "year group"),
        ("RegGroup", "class"),
        ("SENprovision", "special needs"),
        ("StartDate", ""),
    ]


def test_a_name_is_shown_only_where_names_are_asked_for(reader: Reader) -> None:
    [row] = reader.read(_file(_pupil(NAMED)), names=True)
    assert row.who.shown == f"{FORENAME} {SURNAME}"


def test_a_name_has_one_pseudonym_with_and_without_accents_and_capitals(reader: Reader) -> None:
    [one] = reader.read(_file(_pupil(NAMED, upn="")))
    [other] = reader.read(
        _file(_pupil(f"<Surname>{SURNAME.upper()}</Surname><Forename>zoe</Forename>"))
    )
    assert one.who.upn is None
    assert one.who.name == other.who.name is not None


def test_the_legal_name_goes_before_another(reader: Reader) -> None:
    both = f"<Surname>Other</Surname><LegalSurname>{SURNAME}</LegalSurname><Forename>A</Forename>"
    [row] = reader.read(_file(_pupil(both)), names=True)
    assert row.who.shown == f"A {SURNAME}"


def test_a_former_pupil_number_does_not_take_the_place_of_the_present_one(reader: Reader) -> None:
    rest = "999200001002"
    former = f"<FormerUPN>{check_letter(rest)}{rest}</FormerUPN>"
    [row] = reader.read(_file(_pupil(former)))
    assert row.who.upn == reader.pseudonyms.of("upn", UPN)


def test_a_pupil_without_number_and_name_is_refused_and_counted(reader: Reader) -> None:
    rows = reader.read(_file(_pupil(upn=""), _pupil()))
    assert len(rows) == 1
    assert reader.account.rows == 2 == len(rows) + len(reader.account.refused)
    assert reader.account.refused[0].row == 4


def test_contacts_and_former_schools_are_not_taken_for_the_pupil(reader: Reader) -> None:
    others = (
        "<Contacts><Contact><Surname>Other</Surname><Gender>M</Gender></Contact></Contacts>"
        "<SchoolHistory><School><StartDate>2020-09-01</StartDate></School></SchoolHistory>"
    )
    [row] = reader.read(_file(_pupil(others + NAMED)))
    assert dict(row.texts)["sex"] == "F"
    assert "admitted" not in dict(row.texts)


def test_a_field_given_twice_and_differently_is_set_aside(reader: Reader) -> None:
    [row] = reader.read(_file(_pupil("<Sex>F</Sex><BasicDetails><Sex>M</Sex></BasicDetails>")))
    assert "sex" not in dict(row.texts)
    assert reader.aside() == [("Sex", "stands twice, with different contents", True)]


def test_a_result_belongs_to_the_school_year_that_ends_in_its_year(reader: Reader) -> None:
    [row] = reader.read(
        _file(_pupil(_stage(_assessment("ENG", "REA", "EXS"), _assessment("MAT", "", "WTS", ""))))
    )
    assert list(row.results) == [
        Given("ks1", "reading", "2023-24", "EXS", "KS1 ENG REA"),
        Given("ks1", "maths", None, "WTS", "KS1 MAT"),
    ]
    assert reader.account.columns[1:] == [
        ("KS1 ENG REA", "key stage 1: reading"),
        ("KS1 MAT", "key stage 1: maths"),
    ]


def test_codes_that_two_assessments_share_are_told_apart_by_the_text(reader: Reader) -> None:
    [row] = reader.read(
        _file(_pupil(_stage(_assessment("PHO", "PHO", "34"), _assessment("PHO", "PHO", "Wa"))))
    )
    assert [given.assessment for given in row.results] == ["phonics", "phonics-outcome"]


def test_a_text_that_is_on_neither_scale_is_set_aside(reader: Reader) -> None:
    [row] = reader.read(_file(_pupil(_stage(_assessment("PHO", "PHO", "95")))))
    assert list(row.results) == []
    assert reader.aside() == [
        ("KS1 PHO PHO", "is no result of phonics check or phonics outcome", False)
    ]


def test_an_absence_in_place_of_a_result_is_passed_on(reader: Reader) -> None:
    [row] = reader.read(_file(_pupil(_stage(_assessment("PHO", "PHO", "A")))))
    assert [given.text for given in row.results] == ["A"]


def test_all_results_of_one_component_are_passed_on(reader: Reader) -> None:
    [row] = reader.read(
        _file(_pupil(_stage(_assessment("ENG", "REA", "EXS"), _assessment("ENG", "REA", "GDS"))))
    )
    assert [given.text for given in row.results] == ["EXS", "GDS"]


@pytest.mark.parametrize("status", ["P", "E", "T", "I", "provisional"])
def test_a_result_that_is_not_final_is_set_aside(reader: Reader, status: str) -> None:
    more = f"<ResultStatus>{status}</ResultStatus>"
    [row] = reader.read(_file(_pupil(_stage(_assessment("ENG", "REA", "EXS", more=more)))))
    assert list(row.results) == []
    assert reader.aside() == [("KS1 ENG REA", "is not a final result", False)]


def test_a_final_result_with_a_qualifier_is_read(reader: Reader) -> None:
    more = "<ResultStatus>R</ResultStatus><ResultQualifier>NM</ResultQualifier>"
    [row] = reader.read(_file(_pupil(_stage(_assessment("PHO", "PHO", "34", more=more)))))
    assert len(row.results) == 1


def test_an_unknown_assessment_is_no_mistake_and_its_codes_are_not_repeated(reader: Reader) -> None:
    [row] = reader.read(_file(_pupil(_stage(_assessment("ART", "DRA", "3"), stage="KS3"))))
    assert list(row.results) == []
    assert reader.aside() == [("an assessment", "is of an assessment that is not read", False)]


def test_what_does_not_look_like_a_code_is_not_repeated(reader: Reader) -> None:
    reader.read(_file(_pupil(_stage(_assessment(f"{FORENAME} {SURNAME}", "", "3")))))
    assert reader.aside()[0][0] == "KS1 …"
    assert SURNAME not in repr(reader.account)


def test_a_subject_alone_does_not_stand_for_each_of_its_components(reader: Reader) -> None:
    [row] = reader.read(_file(_pupil(_stage(_assessment("MAT", "ALG", "3")))))
    assert list(row.results) == []


def test_a_year_that_is_not_four_digits_is_a_mistake(reader: Reader) -> None:
    [row] = reader.read(_file(_pupil(_stage(_assessment("ENG", "REA", "EXS", "23/24")))))
    assert list(row.results) == []
    assert [problem.place.line for problem in reader.account.problems()] == [4]


def test_pupils_and_results_are_found_in_the_other_shapes(reader: Reader) -> None:
    nursery = (
        '<CTfile CTFversion="25.0"><Pupils>'
        f"<Pupil><UPN>{UPN}</UPN><AssessmentResults><Result><Stage>KS1</Stage><Subject>ENG</Subject>"
        "<Component>REA</Component><Result>EXS</Result><Year>2023</Year></Result>"
        "</AssessmentResults></Pupil></Pupils></CTfile>"
    )
    [row] = reader.read(nursery)
    assert list(row.results) == [Given("ks1", "reading", "2022-23", "EXS", "KS1 ENG REA")]
    stage_in_the_tag = (
        f"<CTfile><Pupils><Pupil><UPN>{UPN}</UPN><KS1><Year>2022</Year><Results><Result>"
        "<Subject>MAT</Subject><Result>WTS</Result></Result></Results></KS1></Pupil></Pupils></CTfile>"
    )
    [row] = reader.read(stage_in_the_tag)
    assert list(row.results) == [Given("ks1", "maths", "2021-22", "WTS", "KS1 MAT")]
    assert "year" not in dict(row.texts)


def test_a_result_without_a_stage_is_not_guessed(reader: Reader) -> None:
    loose = f"<AssessmentResults>{_assessment('ENG', 'REA', 'EXS')}</AssessmentResults>"
    [row] = reader.read(_file(_pupil(loose)))
    assert list(row.results) == []


def test_namespaces_and_encodings_do_not_matter(reader: Reader) -> None:
    text = (
        '<?xml version="1.0" encoding="{}"?><c:CTfile xmlns:c="urn:made-up"><c:Pupil>'
        "<c:UPN>{}</c:UPN><c:Surname>B</c:Surname><c:Forename>Zoë</c:Forename></c:Pupil></c:CTfile>"
    )
    names = {
        row.who.name
        for encoding in ("utf-8", "windows-1252", "utf-16")
        for row in reader.read(text.format(encoding, UPN).encode(encoding))
    }
    assert len(names) == 1


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "Quillfeather">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><CTfile><Pupil><UPN>&i;</UPN></Pupil></CTfile>"
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BOMB, "document type"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><CTfile><Pupil/></CTfile>', "document type"),
        (
            '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><CTfile><Pupil>&e;</Pupil></CTfile>',
            "document type",
        ),
        ("<CTfile><Pupil>&Quillfeather;</Pupil></CTfile>", "damaged"),
        ("", "empty"),
        ("UPN,Surname\n1,Quillfeather\n", "no XML"),
        (_file(_pupil(NAMED))[:-30], "breaks off"),
        ("<CTfile><Header/></CTfile>", "no pupils"),
        ("<html><body>Quillfeather</body></html>", "no pupils"),
        ("<CTfile>" + "<a>" * 60 + "</a>" * 60 + "</CTfile>", "deep"),
        ('<?xml version="1.0" encoding="no-such"?><CTfile/>', "damaged"),
    ],
)
def test_what_is_no_sound_transfer_file_is_refused_whole(
    reader: Reader, text: str, says: str
) -> None:
    with pytest.raises(UnreadableError) as refused:
        reader.read(text)
    [problem] = refused.value.problems
    assert says in problem.what
    assert problem.hint
    assert problem.place.file == FILE
    assert "Quillfeather" not in str(refused.value)


def test_a_file_beyond_the_limit_is_refused_before_it_is_parsed(reader: Reader) -> None:
    with pytest.raises(UnreadableError, match="larger than 50 MB"):
        reader.read(b" " * (MOST_BYTES + 1))


def test_a_pupil_number_name_and_birth_date_appear_nowhere(reader: Reader) -> None:
    strayed = (
        f"<PupilPremium>{UPN}</PupilPremium><{UPN}>x</{UPN}>"
        f"<Notes>{UPN} {SURNAME}</Notes><Gender>{UPN}</Gender>"
    )
    stage = _stage(
        _assessment("ENG", "REA", UPN),
        _assessment(UPN, "REA", "EXS"),
        _assessment("ENG", "REA", "EXS", UPN),
        stage="KS1",
    )
    rows = reader.read(_file(_pupil(NAMED + strayed + stage), _pupil("<DOB>29th of March</DOB>")))
    said = repr(rows) + repr(reader.account) + repr(list(reader.account.problems()))
    for canary in (UPN, UPN.lower(), SURNAME, FORENAME, BORN, "29th of March"):
        assert canary not in said
    assert len(rows) == 2


def test_the_same_bytes_give_the_same_rows_and_account(reader: Reader) -> None:
    text = _file(_pupil(NAMED + _stage(_assessment("ENG", "REA", "EXS"))), _pupil(NAMED))
    assert (reader.read(text), reader.account) == (reader.read(text), reader.account)

"""What a procedure consists of, and one shape of it for pack, file, form, API and database.

Parts by law (Decree 63/2010, art. 8.2): name, steps, way, papers and their number, time limit,
subjects, authority; where they exist: form, result, conditions, fee.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, TypeVar

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import squeeze
from motcua.core.workflow import Status
from motcua.procedures.rules.fees import Fee, FeeBasis, FeeKind
from motcua.procedures.rules.limits import Limit, LimitUnit, parse_limit
from motcua.procedures.rules.said import Said

S = TypeVar("S", bound=Status)

UNKNOWN_LIMIT: Final = Limit(LimitUnit.UNKNOWN)


class Level(Status):
    """The lowest level of government that settles a procedure."""

    COMMUNE = "commune", _("Cấp xã")
    PROVINCE = "province", _("Cấp tỉnh")
    MINISTRY = "ministry", _("Cấp bộ")
    OTHER = "other", _("Cơ quan khác")


class OnlineLevel(Status):
    """How far a procedure is done online (Decree 42/2022; from 1 July 2026 Decree 224/2026)."""

    FULL = "full", _("Toàn trình")
    PARTIAL = "partial", _("Một phần")
    NONE = "none", _("Chưa trực tuyến")


class Channel(Status):
    """A way to file."""

    DESK = "desk", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")
    POST = "post", _("Bưu chính công ích")


#: The sorts of copies that a paper is asked in.
SORTS: Final = {
    "originals": _("%(count)s bản chính"),
    "certified": _("%(count)s bản chứng thực"),
    "photos": _("%(count)s bản chụp"),
    "electronic": _("%(count)s bản điện tử"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the dossier: how many of each sort, and when it is required ("" : always)."""

    name: str
    originals: int = 0
    certified: int = 0
    photos: int = 0
    electronic: int = 0
    condition: str = ""
    form: str = ""  # number of the official form, as "TP/HT-2020-TKKS.1"
    code: str = ""  # of the component in the national list

    @property
    def is_required(self) -> bool:
        """Required in every case."""
        return not self.condition

    @property
    def copies(self) -> tuple[Said, ...]:
        """How many of each sort, in words."""
        counts = [(getattr(self, sort), text) for sort, text in SORTS.items()]
        return tuple(Said(text, {"count": count}) for count, text in counts if count)


@dataclass(frozen=True, slots=True)
class PostStep:
    """A step: what is done, by which post of the agency, in which share (per cent) of the time."""

    name: str
    post: str
    share: int


@dataclass(frozen=True, slots=True)
class Result:
    """What the person gets."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong, and where: "name", "papers.3.name"."""

    place: str
    said: Said


class ContentFaulty(Refused):
    """A procedure that contradicts itself, or leaves out its name."""

    code = "procedure_faulty"
    message = _("Thủ tục chưa đúng: %(first)s")
    status: ClassVar[int] = 422

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(first=f"{faults[0].place}: {faults[0].said}")


@dataclass(frozen=True, slots=True)
class Content:
    """All that one version says. ``online_limit`` None: online dossiers have the same limit."""

    name: str
    field: str
    authority: str = ""
    subjects: str = ""
    level: Level = Level.COMMUNE
    at_desk: bool = True  # received at the one-stop desk; else only shown, to lead people on
    limit: Limit = UNKNOWN_LIMIT
    online_limit: Limit | None = None
    online: OnlineLevel = OnlineLevel.NONE
    online_reason: str = ""
    channels: tuple[Channel, ...] = ()
    fees: tuple[Fee, ...] = ()
    fee_note: str = ""
    papers: tuple[Paper, ...] = ()
    steps: tuple[PostStep, ...] = ()
    results: tuple[Result, ...] = ()
    legal_bases: tuple[str, ...] = ()
    notes: str = ""

    def limit_for(self, channel: Channel | str) -> Limit:
        """The time limit of a dossier that came by this way."""
        if channel == Channel.ONLINE and self.online_limit is not None:
            return self.online_limit
        return self.limit

    def as_mapping(self) -> dict[str, Any]:
        """The shape that :func:`read` takes: plain values, empty ones left out."""
        raw: dict[str, Any] = {
            name: _plain(getattr(self, name)) for name in self.__dataclass_fields__
        }
        return {
            name: value
            for name, value in raw.items()
            if name == "name" or value not in ("", [], None)
        }

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Content:
        """The content of a mapping; raises :class:`ContentFaulty` with every fault."""
        reader = _Reader(raw)
        content = reader.content()
        if reader.faults:
            raise ContentFaulty(reader.faults)
        return content


def _plain(value: Any) -> Any:
    match value:
        case Status():
            return str(value)
        case Limit():
            return str(value)
        case tuple():
            return [_plain(item) for item in value]
        case Fee() | Paper() | PostStep() | Result():
            pairs = ((name, getattr(value, name)) for name in value.__dataclass_fields__)
            return {name: _plain(part) for name, part in pairs if _is_said(name, part)}
        case _:
            return value


def _is_said(name: str, part: object) -> bool:
    """Worth writing down: not empty, and not what is meant where nothing stands."""
    if name == "verified":
        return part is False
    if name in ("amount", "online_amount"):
        return part is not None
    return part not in ("", 0, ()) or name == "share"


class _Reader:
    """Reads a mapping and gathers what is wrong in it."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw, self.faults = raw, list[Fault]()

    def content(self) -> Content:
        unknown = sorted(set(self.raw) - set(Content.__dataclass_fields__))
        for name in unknown:
            self.fault(name, _("cột không có trong mẫu"))
        content = Content(
            name=self.text(self.raw, "name", "name", required=True, longest=1000),
            field=self.text(self.raw, "field", "field", required=True, longest=200),
            authority=self.text(self.raw, "authority", "authority"),
            subjects=self.text(self.raw, "subjects", "subjects"),
            level=self.one_of(self.raw, "level", "level", Level.COMMUNE),
            at_desk=self.flag(self.raw, "at_desk", "at_desk", default=True),
            limit=self.limit("limit") or UNKNOWN_LIMIT,
            online_limit=self.limit("online_limit"),
            online=self.one_of(self.raw, "online", "online", OnlineLevel.NONE),
            online_reason=self.text(self.raw, "online_reason", "online_reason"),
            channels=tuple(self.channels()),
            fees=tuple(self.rows("fees", self.fee)),
            fee_note=self.text(self.raw, "fee_note", "fee_note"),
            papers=tuple(self.rows("papers", self.paper)),
            steps=tuple(self.rows("steps", self.step)),
            results=tuple(self.rows("results", self.result)),
            legal_bases=tuple(self.texts(self.raw, "legal_bases", "legal_bases")),
            notes=self.text(self.raw, "notes", "notes", longest=2000),
        )
        self.check_shares(content.steps)
        return content

    def fault(self, place: str, message: str, **params: object) -> None:
        self.faults.append(Fault(place, Said(message, params)))

    def check_shares(self, steps: Sequence[PostStep]) -> None:
        total = sum(step.share for step in steps)
        if steps and total != 100:
            self.fault(
                "steps", _("tỷ lệ thời gian cộng lại là %(total)s%%, phải bằng 100%%"), total=total
            )

    # --- values -----------------------------------------------------------------------------------

    def text(
        self,
        raw: Mapping[str, Any],
        name: str,
        place: str,
        *,
        required: bool = False,
        longest: int = 1000,
    ) -> str:
        value = raw.get(name)
        words = squeeze(str(value)) if value is not None else ""
        if required and not words:
            self.fault(place, _("còn trống"))
        if len(words) > longest:
            self.fault(place, _("dài hơn %(longest)s chữ"), longest=longest)
        return words

    def texts(self, raw: Mapping[str, Any], name: str, place: str) -> list[str]:
        value = raw.get(name) or []
        lines = value.splitlines() if isinstance(value, str) else value
        if not isinstance(lines, list | tuple):
            self.fault(place, _("phải là một danh sách"))
            return []
        return [words for line in lines if (words := squeeze(str(line)))]

    def number(self, raw: Mapping[str, Any], name: str, place: str) -> int | None:
        """A whole number from 0; None where nothing stands."""
        value = raw.get(name)
        if value is None or value == "":
            return None
        text = squeeze(str(value)).removesuffix(".0").replace(".", "")
        if isinstance(value, bool) or not text.isdecimal() or len(text) > 12:
            self.fault(place, _("“%(value)s” không phải số nguyên từ 0"), value=value)
            return None
        return int(text)

    def count(self, raw: Mapping[str, Any], name: str, place: str) -> int:
        return self.number(raw, name, place) or 0

    def flag(self, raw: Mapping[str, Any], name: str, place: str, *, default: bool) -> bool:
        value = raw.get(name)
        if value is None or value == "":
            return default
        known = _FLAGS.get(str(value).strip().casefold())
        if known is None:
            self.fault(place, _("“%(value)s” không hiểu được; hãy ghi có hoặc không"), value=value)
        return bool(known)

    def one_of(self, raw: Mapping[str, Any], name: str, place: str, default: S) -> S:
        value = squeeze(str(raw.get(name) or ""))
        if not value:
            return default
        return self.member(type(default), value, place) or default

    def member(self, kind: type[S], value: str, place: str) -> S | None:
        """The member by its value or by its word."""
        for one in kind:
            if value in (one.value, one.label):
                return one
        known = ", ".join(one.value for one in kind)
        self.fault(place, _("“%(value)s” không có; chỉ nhận %(known)s"), value=value, known=known)
        return None

    def limit(self, name: str) -> Limit | None:
        text = str(self.raw.get(name) or "")
        if not text.strip():
            return None
        try:
            return parse_limit(text)
        except Refused as refusal:
            self.faults.append(Fault(name, Said(refusal.message, refusal.params)))
            return None

    def channels(self) -> Iterator[Channel]:
        """In the order of the enum, each once."""
        asked = [
            self.member(Channel, value, "channels")
            for value in self.texts(self.raw, "channels", "channels")
        ]
        return (one for one in Channel if one in asked)

    def rows(self, name: str, read: Callable[[Mapping[str, Any], str], Any]) -> Iterator[Any]:
        rows = self.raw.get(name) or []
        if not isinstance(rows, list | tuple):
            self.fault(name, _("phải là một danh sách"))
            return
        for number, row in enumerate(rows, start=1):
            place = f"{name}.{number}"
            if not isinstance(row, Mapping):
                self.fault(place, _("phải là một bảng tên – giá trị"))
                continue
            yield read(row, place)

    # --- rows -------------------------------------------------------------------------------------

    def paper(self, row: Mapping[str, Any], place: str) -> Paper:
        counts = {name: self.count(row, name, f"{place}.{name}") for name in SORTS}
        return Paper(
            name=self.text(row, "name", f"{place}.name", required=True, longest=500),
            condition=self.text(row, "condition", f"{place}.condition", longest=500),
            form=self.text(row, "form", f"{place}.form", longest=60),
            code=self.text(row, "code", f"{place}.code", longest=60),
            **counts,
        )

    def step(self, row: Mapping[str, Any], place: str) -> PostStep:
        return PostStep(
            name=self.text(row, "name", f"{place}.name", required=True, longest=200),
            post=self.text(row, "post", f"{place}.post", required=True, longest=40),
            share=self.count(row, "share", f"{place}.share"),
        )

    def result(self, row: Mapping[str, Any], place: str) -> Result:
        return Result(
            name=self.text(row, "name", f"{place}.name", required=True, longest=500),
            code=self.text(row, "code", f"{place}.code", longest=60),
        )

    def fee(self, row: Mapping[str, Any], place: str) -> Fee:
        return Fee(
            kind=self.one_of(row, "kind", f"{place}.kind", FeeKind.LEVY),
            name=self.text(row, "name", f"{place}.name", required=True, longest=200),
            amount=self.number(row, "amount", f"{place}.amount"),
            per=self.one_of(row, "per", f"{place}.per", FeeBasis.CASE),
            later_from=self.count(row, "later_from", f"{place}.later_from"),
            later_amount=self.count(row, "later_amount", f"{place}.later_amount"),
            cap=self.count(row, "cap", f"{place}.cap"),
            online_amount=self.number(row, "online_amount", f"{place}.online_amount"),
            exemptions=tuple(self.texts(row, "exemptions", f"{place}.exemptions")),
            source=self.text(row, "source", f"{place}.source", longest=300),
            verified=self.flag(row, "verified", f"{place}.verified", default=True),
        )


_FLAGS: Final = {
    "true": True, "có": True, "x": True, "1": True, "1.0": True,
    "false": False, "không": False, "0": False, "0.0": False,
}  # fmt: skip

#: The parts as people call them, in the order in which they are shown.
PART_WORDS: Final = {
    "name": _("Tên thủ tục"),
    "field": _("Lĩnh vực"),
    "authority": _("Cơ quan thực hiện"),
    "subjects": _("Đối tượng thực hiện"),
    "level": _("Cấp thực hiện"),
    "at_desk": _("Tiếp nhận tại Một cửa"),
    "limit": _("Thời hạn giải quyết"),
    "online_limit": _("Thời hạn khi nộp trực tuyến"),
    "online": _("Mức độ trực tuyến"),
    "online_reason": _("Lý do chưa toàn trình"),
    "channels": _("Cách thức thực hiện"),
    "fees": _("Phí, lệ phí"),
    "fee_note": _("Ghi chú về phí"),
    "papers": _("Thành phần hồ sơ"),
    "steps": _("Trình tự thực hiện"),
    "results": _("Kết quả"),
    "legal_bases": _("Căn cứ pháp lý"),
    "notes": _("Ghi chú"),
}


def missing_parts(content: Content) -> tuple[str, ...]:
    """Names of the parts that must be published and are not there (keys of ``PART_WORDS``)."""
    empty = [
        name
        for name in ("authority", "channels", "papers", "steps", "results", "legal_bases")
        if not getattr(content, name)
    ]
    if content.limit.unit is LimitUnit.UNKNOWN:
        empty.append("limit")
    if content.online is not OnlineLevel.FULL and not content.online_reason:
        empty.append("online_reason")
    return tuple(name for name in PART_WORDS if name in empty)

"""Posts and bodies as a responsibilities section names them."""

from __future__ import annotations

import re

from motcua.planning.reader.words import plain, words

_BEFORE = (
    r"(?:(?:giao(?: cho)?|de nghi|yeu cau|phoi hop (?:voi|cung)|trach nhiem cua|doi voi|dong chi|"
    r"cac dong chi|d/c|cac d/c|moi|nhiem vu cua|phan cong|thanh lap)\s+)?"
)
_BODIES = (
    r"(?:cac |nhung |dong chi )?(?:pho )?(?:chu tich|truong|giam doc)|thuong truc|lanh dao|"
    r"van phong|vp|tu phap|van hoa|van xa|ke toan|tai chinh|dia chinh|cong chuc|can bo|vien chuc|"
    r"bo phan|trung tam|phong|ban|(?:uy ban |ub)?(?:mttq|mat tran)|cac|truong|hieu truong|"
    r"thu truong|nguoi dung dau|cong an|quan su|bch|tram y te|dai truyen thanh|hoi|"
    r"doan thanh nien|doan tn|uy ban nhan dan|ubnd|so|to|thanh vien|hdnd|hoi dong|dang uy|chi bo|"
    r"uy vien|thon|xa|huyen|khu pho|moi can bo|toan the|vhxh|vh-xh|tckt|tc-kt|tphs|nong nghiep|"
    r"kinh te|thong ke|noi vu|dia phuong"
)
_VERBS = (
    r"chu tri|tham muu|phoi hop|chiu trach nhiem|co trach nhiem|co nhiem vu|thuc hien|to chuc|"
    r"tuyen truyen|xay dung|theo doi|huong dan|don doc|truc tiep|chi dao|can cu|bo tri|"
    r"tang cuong|ra soat|trien khai|kiem tra|giam sat|bao cao|tong hop|thuong xuyen|phan cong|"
    r"chu dong|quan triet|dua tin|day manh|cap nhat|tiep nhan|la |lam dau moi|nghiem tuc|"
    r"ban hanh|niem yet|duy tri|lap |dam bao|bao dam|xac dinh|de xuat|van dong|can |phai |"
    r"dinh ky|tiep tuc|hoan thanh|phu trach|quan ly|su dung|tap trung|thong bao|dang tai|"
    r"trien khai|giup|dieu hanh|ho tro|phat huy|cung cap|ung dung|so hoa|giai quyet|dua noi dung|"
    r"phat thanh|xem xet|cu |gui |ke hoach|cung cap|tham gia|trong viec|dua |nang cao|hang|"
    r"kip thoi|duoc |tham dinh|quan tam|trinh |can doi|cham |lo |lam |khong |ket hop|phan dau|"
    r"nam |luu tru|xu ly|soan"
)
_BREAK = r"(?<!-)(?<!\bcac)(?<!nhung)\s"
_ACTOR = re.compile(
    rf"{_BEFORE}(?P<who>(?:{_BODIES})\b(?:(?!{_BREAK}(?:{_VERBS})|[:;.()]).){{0,110}}?)\s*(?=$|"
    rf"[:;.(,]?{_BREAK}(?:{_VERBS})|[:;.(])"
)
_MAX_WORDS = 22


def actor_of(text: str) -> str | None:
    """The post or body that a sentence begins with, None when it begins with none."""
    found = _ACTOR.match(plain(text))
    if found is None or len(words(found["who"])) > _MAX_WORDS:
        return None
    return text[found.start("who") : found.end("who")].strip(" ,;:-–.")


_LEAD = re.compile(
    r"(?:trach nhiem cua|nhiem vu cua|giao(?: cho)?|doi voi|de nghi|phoi hop voi|"
    r"(?:cac )?(?:dong chi|d/c))\s+"
)


_TAIL = re.compile(r",?\s+(?:có|chịu) (?:trách nhiệm|nhiệm vụ).{0,40}$", re.IGNORECASE)


def name_of(text: str) -> str:
    """The post that a heading names, without "Giao", "Trách nhiệm của" and the last sign."""
    stripped = _TAIL.sub("", text.strip(" .:;,-–"))
    lead = _LEAD.match(plain(stripped))
    return stripped[lead.end() :] if lead else stripped


_RUN_IN = re.compile(r"^(?P<post>[^:.]{2,120}?)(?:\s*:|\.)\s+(?=\S)")


def post_and_rest(text: str) -> tuple[str, int] | None:
    """A post that is set off from its duty in one line ("Văn phòng: chủ trì …").

    Returns the post and where the duty begins.
    """
    found = _RUN_IN.match(text)
    if found is None or len(words(found["post"])) > 16:
        return None
    actor = actor_of(found["post"])
    if actor is None:
        return None
    rest = words(name_of(found["post"]))[len(words(actor)) :]
    if len(rest) > 4 and rest[:2] != ["phu", "trach"]:
        return None
    return name_of(found["post"]), found.end()

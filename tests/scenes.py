"""Scenes: states that tests need, reached by the product's own actions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.conf import settings

from motcua.org.actions import load_agencies, load_people, load_roles, read_pack
from motcua.org.models import Agency, Post
from motcua.planning.actions import (
    ReadPlan,
    approve_plan,
    edit_item,
    import_plan,
    settle_warning,
    submit_plan,
)
from motcua.planning.models import PlanVersion
from motcua.planning.reader import read_plan
from motcua.planning.rules import WarningState

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2024, 1, 5, 8, 0, tzinfo=ZONE)

#: A short plan that reads without warnings that matter: two fields, a target, four tasks.
SMALL_PLAN = """KẾ HOẠCH
Cải cách hành chính năm 2024

UBND xã Hoằng Đông xây dựng kế hoạch cải cách hành chính năm 2024 như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Nâng cao chất lượng phục vụ người dân, tổ chức.
2. Yêu cầu
- Xác định rõ trách nhiệm của từng công chức.

II. NỘI DUNG, NHIỆM VỤ
1. Mục tiêu, chỉ tiêu
- 100% thủ tục hành chính đủ điều kiện được cung cấp trực tuyến toàn trình.
2. Nhiệm vụ
2.1. Cải cách thể chế
- Ban hành kế hoạch rà soát văn bản quy phạm pháp luật năm 2024, hoàn thành trước ngày 31/3/2024.
- Báo cáo kết quả theo dõi thi hành pháp luật định kỳ hằng quý.
2.2. Cải cách thủ tục hành chính
- Bảo đảm tỷ lệ giải quyết hồ sơ đúng hạn từ 98% trở lên.
- Niêm yết công khai thủ tục hành chính tại Bộ phận Một cửa, hoàn thành trong quý II năm 2024.

III. TỔ CHỨC THỰC HIỆN
1. Văn phòng - thống kê
- Niêm yết, công khai thủ tục hành chính; theo dõi giải quyết hồ sơ.
2. Tư pháp - hộ tịch
- Tham mưu ban hành kế hoạch rà soát văn bản quy phạm pháp luật; theo dõi thi hành pháp luật.

Nơi nhận:
- UBND huyện (b/c);
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""


def found_organisation() -> SimpleNamespace:
    """Load the demo's agencies, roles and people; the communes as ``commune``, ``neighbour``."""
    pack = read_pack(settings.PACKS / "demo" / "org.yaml")
    load_roles(pack=read_pack(settings.PACKS / "org" / "roles.yaml"))
    load_agencies(pack=pack, name="org.yaml")
    people = load_people(pack=pack, password=None, since=date(2023, 1, 1), at=START)
    return SimpleNamespace(
        **people,
        people=people,
        commune=Agency.objects.get(code="15997"),
        neighbour=Agency.objects.get(code="15994"),
        district=Agency.objects.get(code="399"),
        province=Agency.objects.get(code="38"),
    )


def read_text(text: str, name: str = "ke-hoach.txt") -> ReadPlan:
    """Read a plan's text as the import page does."""
    content = text.encode()
    reading = read_plan(content, name)
    return ReadPlan(name=name, content=content, reading=reading.as_dict(), text=reading.text)


def draft_plan(org: SimpleNamespace, text: str = SMALL_PLAN) -> PlanVersion:
    """A draft, as the coordinator imported it."""
    return import_plan(agency=org.commune, read=read_text(text), by=org.vanphong, at=START)


def submitted_plan(org: SimpleNamespace, text: str = SMALL_PLAN) -> PlanVersion:
    """A draft with its warnings accepted and every task led, sent to the chairman."""
    version = draft_plan(org, text)
    settle(version, org)
    return submit_plan(version=version, by=org.vanphong, at=START + timedelta(hours=2))


def settle(version: PlanVersion, org: SimpleNamespace) -> None:
    """Accept all warnings and give the office what has no lead."""
    office = Post.objects.get(agency=org.commune, code="office")
    for warning in version.warnings.all():
        settle_warning(warning=warning, state=WarningState.ACCEPTED, by=org.vanphong, at=START)
    for item in version.items.filter(kind="task", lead_post__isnull=True):
        edit_item(item=item, changes={"lead_post": office}, by=org.vanphong, at=START)


def run_plan(org: SimpleNamespace, text: str = SMALL_PLAN) -> SimpleNamespace:
    """A plan in force, with its live tasks by code."""
    version = submitted_plan(org, text)
    version = approve_plan(version=version, by=org.chutich, at=START + timedelta(days=1))
    return SimpleNamespace(
        version=version,
        plan=version.plan,
        tasks={task.code: task for task in version.plan.tasks.all()},
        targets={target.code: target for target in version.plan.targets.all()},
    )

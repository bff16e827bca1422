"""Make the DOCX, PDF and "fallen out of a PDF" plans of ``plans/``.

Run from the project's root: ``python -m tests.planning.reader.make_plans``. The made files are
kept, so that a new release of a library does not change what the reader is tested with. The
truths beside them are written by hand.
"""

# ruff: noqa: E501 - a paragraph of a plan stands in one line, as it does in its file

from __future__ import annotations

import textwrap
import unicodedata
from pathlib import Path
from typing import Any

import docx
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

PLANS = Path(__file__).parent / "plans"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"

DISTRICT = """\
UBND HUYỆN ĐẮK SÔI
PHÒNG NỘI VỤ
KẾ HOẠCH
Cải cách hành chính năm 2023
Căn cứ Quyết định số 2951/QĐ-UBND ngày 16 tháng 12 năm 2022 của Ủy ban nhân dân tỉnh ban hành Kế hoạch cải cách hành chính nhà nước năm 2023; Phòng Nội vụ xây dựng kế hoạch với các nội dung sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Nâng cao năng lực cạnh tranh của huyện, tạo chuyển biến mạnh mẽ, đồng bộ trong cải cách hành chính từ huyện đến cơ sở. Lấy kết quả phục vụ làm thước đo đánh giá cán bộ.
2. Yêu cầu
- Các cơ quan, đơn vị, địa phương nghiêm túc triển khai, có phân công trách nhiệm cụ thể cho từng bộ phận và thời gian hoàn thành của từng công việc trong năm.
- Gắn với phong trào thi đua.
II. NHIỆM VỤ TRỌNG TÂM
1. Công tác chỉ đạo điều hành
- Ban hành Kế hoạch kiểm tra cải cách hành chính năm 2023; tiến hành kiểm tra ít nhất 30% số xã, thị trấn, phòng chuyên môn thuộc huyện theo hình thức kiểm tra đột xuất hoặc theo kế hoạch.
- Tham mưu Chủ tịch UBND huyện đối thoại với người dân, doanh nghiệp tối thiểu 02 cuộc.
2. Cải cách thể chế
- Nâng cao chất lượng thẩm định văn bản quy phạm pháp luật, bảo đảm tính hợp hiến, hợp pháp, thống nhất và khả thi của hệ thống văn bản do Hội đồng nhân dân và Ủy ban nhân dân huyện ban hành.
3. Cải cách thủ tục hành chính
- Thực hiện nghiêm việc tiếp nhận hồ sơ, giải quyết và trả kết quả tại Bộ phận Tiếp nhận và Trả kết quả; tỷ lệ hồ sơ trễ hạn dưới 2%.
- Mở rộng thanh toán trực tuyến phí, lệ phí.
4. Cải cách tổ chức bộ máy
- Sắp xếp, tổ chức lại các đơn vị sự nghiệp công lập trực thuộc theo Kế hoạch số 41/KH-UBND ngày 07/3/2022 của UBND huyện giai đoạn 2022 - 2025.
5. Cải cách chế độ công vụ
- Thực hiện cơ cấu lại đội ngũ theo vị trí việc làm đã được phê duyệt. Xử lý nghiêm người vi phạm kỷ luật, kỷ cương, kể cả người đứng đầu.
6. Cải cách tài chính công
- Đôn đốc giải ngân vốn đầu tư công.
7. Xây dựng Chính quyền điện tử, Chính quyền số
- Tích hợp chữ ký số trên hệ thống quản lý văn bản cho 100% lãnh đạo phòng.
III. TỔ CHỨC THỰC HIỆN
1. Các phòng chuyên môn
- Xây dựng kế hoạch của đơn vị, gửi Phòng Nội vụ trước ngày 20 tháng 01 năm 2023 để theo dõi.
- Báo cáo kết quả hằng quý.
2. Văn phòng HĐND và UBND huyện
- Chủ trì kiểm soát thủ tục hành chính, vận hành Cổng dịch vụ công của huyện, phối hợp với Phòng Văn hóa và Thông tin duy trì đường truyền ổn định.
Trên đây là Kế hoạch cải cách hành chính năm 2023 của Phòng Nội vụ huyện, đề nghị các cơ quan, đơn vị phối hợp thực hiện./.
Nơi nhận:
- Sở Nội vụ (b/c);
- UBND huyện (b/c);
- Các xã, thị trấn;
- Lưu: VT.
TRƯỞNG PHÒNG
Y Bhăm Êban
"""


def fallen_out_of_a_pdf(text: str) -> str:
    """Lines of some 80 letters, a blank line after each, page numbers, decomposed letters."""
    lines: list[str] = []
    page = 1
    for paragraph in text.splitlines():
        for line in textwrap.wrap(paragraph, 82):
            lines.append(f"{line} ")
            if len(lines) % 28 == 0:
                page += 1
                lines.append(f"{page} ")
    return unicodedata.normalize("NFD", "\n\n".join(lines) + "\n")


def letterhead(document: Any, agency: str, number: str, place: str) -> None:
    """The two columns above a document."""
    table = document.add_table(2, 2)
    table.cell(0, 0).text = agency
    table.cell(0, 1).text = NATION
    table.cell(1, 0).text = number
    table.cell(1, 1).text = place


def signature(document: Any, recipients: list[str], signed: str) -> None:
    """The two columns under a document."""
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "\n".join(["Nơi nhận:", *recipients])
    table.cell(0, 1).text = signed


def filled(document: Any, rows: list[list[str]]) -> Any:
    """A table with these texts; "<" continues the cell to the left, "^" the cell above."""
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text == "<":
                table.cell(r, c - 1).merge(table.cell(r, c))
            elif text == "^":
                table.cell(r - 1, c).merge(table.cell(r, c))
            else:
                table.cell(r, c).text = text
    return table


def table_only() -> Any:
    """All tasks in one table with group rows and cells merged downwards."""
    document = docx.Document()
    letterhead(
        document,
        "ỦY BAN NHÂN DÂN\nXÃ HÒA THUẬN",
        "Số: 21/KH-UBND",
        "Hòa Thuận, ngày 20 tháng 01 năm 2026",
    )
    for text in (
        "KẾ HOẠCH",
        "Cải cách hành chính năm 2026",
        "Căn cứ Quyết định số 12/QĐ-UBND ngày 08/01/2026 của UBND tỉnh về Kế hoạch cải cách "
        "hành chính nhà nước năm 2026, UBND xã Hòa Thuận ban hành Kế hoạch như sau:",
        "I. MỤC TIÊU",
        "- Duy trì tỷ lệ hồ sơ đúng hạn không thấp hơn 98,5%.",
        "- Trung bình mỗi công chức xử lý tối đa 40 hồ sơ đồng thời.",
        "II. NHIỆM VỤ",
        "Các nhiệm vụ cụ thể, phân công và thời hạn theo bảng sau:",
    ):
        document.add_paragraph(text)
    filled(
        document,
        [
            ["TT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời gian", "Kinh phí (đồng)"],
            ["I", "CẢI CÁCH THỂ CHẾ", "<", "<", "<", "<", "<"],
            ["1", "Rà soát văn bản sau sắp xếp", "Danh mục văn bản", "Văn phòng HĐND và UBND",
             "Các phòng", "Quý I", "2.000.000"],
            ["2", "Theo dõi thi hành pháp luật", "Kế hoạch", "^", "Công an xã", "Trong năm", ""],
            ["II", "CẢI CÁCH THỦ TỤC HÀNH CHÍNH", "<", "<", "<", "<", "<"],
            ["3", "Đánh giá tác động thủ tục nội bộ", "Báo cáo",
             "Trung tâm Phục vụ hành chính công", "Các phòng", "Trước 30/10", "5.000.000"],
            ["III", "XÂY DỰNG CHÍNH QUYỀN SỐ", "<", "<", "<", "<", "<"],
            ["4", "Số hóa kết quả còn hiệu lực", "Kho dữ liệu", "Phòng Văn hóa - Xã hội",
             "Trung tâm Phục vụ hành chính công", "Cả năm", "60.000.000"],
            ["5", "Bồi dưỡng kỹ năng số cho tổ công nghệ cộng đồng", "02 lớp", "^", "Đoàn xã",
             "Tháng 5", "10.000.000"],
        ],
    )  # fmt: skip
    for text in (
        "III. KINH PHÍ",
        "Tổng kinh phí 77.000.000 đồng, từ ngân sách xã.",
        "IV. TỔ CHỨC THỰC HIỆN",
        "1. Trưởng các phòng chuyên môn chịu trách nhiệm về tiến độ các nhiệm vụ được giao.",
        "2. Văn phòng HĐND và UBND theo dõi, tổng hợp.",
    ):
        document.add_paragraph(text)
    signature(
        document,
        ["- UBND tỉnh (b/c);", "- Các phòng (t/h);", "- Lưu: VT."],
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n\nMai Xuân Trường Giang",
    )
    return document


def annex_merged() -> Any:
    """Tasks in the text, completed by an annex whose head has two rows."""
    document = docx.Document()
    for text in (
        "UBND PHƯỜNG AN KHÊ TÂY",
        "KẾ HOẠCH",
        "Cải cách hành chính năm 2025 của phường An Khê Tây",
        "Thực hiện Kế hoạch số 301/KH-UBND ngày 30/12/2024 của UBND quận Hải Thượng, UBND phường "
        "An Khê Tây xây dựng kế hoạch năm 2025 như sau:",
        "1. Mục tiêu",
        "1.1. Giữ vững vị trí trong nhóm dẫn đầu khối phường.",
        "1.2. Ít nhất 75% hồ sơ phát sinh trực tuyến.",
        "2. Nội dung",
        "2.1. Cải cách thủ tục hành chính",
        "- Rút ngắn thời gian giải quyết hồ sơ hộ tịch.",
        "- Lắp đặt bảng đánh giá hài lòng điện tử tại bộ phận một cửa.",
        "2.2. Cải cách công vụ",
        "- Tập huấn kỹ năng giao tiếp cho công chức.",
        "(Nhiệm vụ, thời hạn, phân công chi tiết tại Phụ lục kèm theo)",
        "3. Tổ chức thực hiện",
        "3.1. Bộ phận Văn phòng: đầu mối tổng hợp.",
        "3.2. Bộ phận Tư pháp: chủ trì rút ngắn thời gian hồ sơ hộ tịch.",
    ):
        document.add_paragraph(text)
    signature(document, ["- UBND quận;", "- Lưu: VT."], "CHỦ TỊCH\n\nTô Minh Đàn")
    document.add_page_break()
    document.add_paragraph("PHỤ LỤC")
    document.add_paragraph("NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2025")
    document.add_paragraph("(Kèm theo Kế hoạch của UBND phường An Khê Tây)")
    filled(
        document,
        [
            ["STT", "Nội dung nhiệm vụ", "Phân công", "<", "Thời gian hoàn thành",
             "Kết quả, sản phẩm"],
            ["^", "^", "Chủ trì", "Phối hợp", "^", "^"],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            ["1", "Rút ngắn thời gian giải quyết hồ sơ hộ tịch", "Tư pháp", "Công an phường",
             "Quý II/2025", "Quy trình mới"],
            ["2", "Lắp đặt bảng đánh giá hài lòng điện tử tại bộ phận một cửa", "Văn phòng",
             "Tài chính", "Tháng 4/2025", "Bảng điện tử"],
            ["3", "Tập huấn kỹ năng giao tiếp cho công chức", "Văn phòng", "", "Quý III/2025",
             "01 lớp tập huấn"],
        ],
    )  # fmt: skip
    return document


NUMBERING = """\
<w:abstractNum {ns} w:abstractNumId="90">
  <w:multiLevelType w:val="multilevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2.%3."/></w:lvl>
  <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%4)"/></w:lvl>
</w:abstractNum>"""
BULLETS = """\
<w:abstractNum {ns} w:abstractNumId="91">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
</w:abstractNum>"""


def numbered(document: Any) -> Any:
    """Give a document two lists; returns what adds a paragraph to one of them."""
    root = document.part.numbering_part.element
    for xml, number in ((BULLETS, 91), (NUMBERING, 90)):
        root.insert(0, parse_xml(xml.format(ns=nsdecls("w"))))
        root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}">'
                f'<w:abstractNumId w:val="{number}"/></w:num>'
            )
        )

    def add(number: int, depth: int, text: str) -> None:
        paragraph = document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = depth
        properties.get_or_add_numId().val = number

    return add


def auto_numbering() -> Any:
    """Not one number is typed: Word counts them all."""
    document = docx.Document()
    add = numbered(document)
    letterhead(document, "UBND XÃ LA NGÀ THƯỢNG", "Số:     /KH-UBND", "La Ngà Thượng, 2025")
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Cải cách hành chính năm 2025")
    document.add_paragraph(
        "Thực hiện Chỉ thị số 02/CT-UBND ngày 03/01/2025 của Chủ tịch UBND huyện, "
        "UBND xã La Ngà Thượng xây dựng kế hoạch như sau:"
    )
    add(90, 0, "MỤC ĐÍCH, YÊU CẦU")
    add(90, 1, "Mục đích")
    add(91, 0, "Phục vụ người dân ngày càng tốt hơn.")
    add(90, 1, "Yêu cầu")
    add(91, 0, "Làm đến đâu chắc đến đó.")
    add(91, 0, "Không chạy theo thành tích.")
    add(90, 0, "CHỈ TIÊU")
    add(91, 0, "Ít nhất 85% kết quả được trả bản điện tử.")
    add(90, 0, "NHIỆM VỤ")
    add(90, 1, "Nhiệm vụ chung")
    add(90, 2, "Tổ chức chỉ đạo, điều hành")
    add(90, 3, "Phân công lãnh đạo phụ trách từng nội dung.")
    add(90, 3, "Sơ kết 6 tháng đầu năm.")
    add(90, 1, "Nhiệm vụ theo lĩnh vực")
    add(90, 2, "Cải cách thể chế")
    add(90, 3, "Rà soát các quy định của xã không còn phù hợp.")
    add(90, 2, "Cải cách thủ tục hành chính")
    add(90, 3, "Bố trí quầy ưu tiên, gồm:")
    add(91, 1, "Quầy cho người cao tuổi;")
    add(91, 1, "Quầy cho người khuyết tật.")
    add(90, 3, "Thực hiện chứng thực điện tử.")
    add(90, 2, "Cải cách tài chính công")
    add(90, 3, "Công khai các khoản đóng góp của nhân dân.")
    add(90, 0, "TỔ CHỨC THỰC HIỆN")
    add(90, 1, "Văn phòng - Thống kê")
    add(91, 0, "Tham mưu, đôn đốc.")
    add(90, 1, "Các công chức chuyên môn")
    add(91, 0, "Thực hiện nhiệm vụ được phân công.")
    add(91, 0, "Báo cáo trước ngày 20 hằng tháng.")
    signature(
        document,
        ["- UBND huyện (b/c);", "- Lưu: VT."],
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nKa Thị Nhung",
    )
    return document


PAGE = """\
#set page(paper: "a4", margin: (top: 2cm, bottom: 2cm, left: 3cm, right: 2cm), numbering: "1")
#set document(date: none)
#set text(lang: "vi", size: 13pt)
#set par(justify: true)
"""

TYPST_TABLE = (
    PAGE
    + """\
#grid(columns: (1fr, 1.4fr), align: center,
  [ỦY BAN NHÂN DÂN \\ *XÃ TRÀ MAI*], [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập - Tự do - Hạnh phúc*])
#align(center)[*KẾ HOẠCH* \\ *Cải cách hành chính năm 2025*]

Căn cứ Quyết định số 468/QĐ-TTg ngày 27/3/2021 của Thủ tướng Chính phủ phê duyệt Đề án đổi mới việc thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính;

Ủy ban nhân dân xã Trà Mai ban hành Kế hoạch cải cách hành chính năm 2025 với những nội dung chủ yếu sau đây:

*I. MỤC TIÊU*

\\- Phấn đấu trên 90% hồ sơ được tiếp nhận trực tuyến, trong đó hồ sơ thuộc lĩnh vực hộ tịch, chứng thực được ưu tiên tiếp nhận và giải quyết trước.

\\- 100% công chức sử dụng chữ ký số.

*II. NHIỆM VỤ*

*1. Cải cách thủ tục hành chính*

\\- Kiểm soát chặt chẽ việc giải quyết thủ tục hành chính, không để xảy ra tình trạng yêu cầu người dân bổ sung giấy tờ ngoài quy định nhiều lần gây phiền hà.

\\- Công khai số điện thoại đường dây nóng.

*2. Cải cách tài chính công*

\\- Thực hiện tiết kiệm chi thường xuyên.

*III. BẢNG PHÂN CÔNG NHIỆM VỤ*

#table(columns: (1cm, 1.6fr, 1fr, 1fr, 1fr),
  [*STT*], [*Nhiệm vụ*], [*Đơn vị chủ trì*], [*Thời gian thực hiện*], [*Sản phẩm*],
  [1], [Kiểm tra việc niêm yết tại các thôn], [Văn phòng - Thống kê], table.cell(rowspan: 2)[Quý II/2025], [Biên bản kiểm tra],
  [2], [Lấy ý kiến người dân về thái độ phục vụ của công chức], [Mặt trận xã], [Báo cáo tổng hợp],
  [3], [Đối chiếu dữ liệu hộ tịch], [Tư pháp - Hộ tịch], [Tháng 9/2025], [Dữ liệu đã làm sạch])

*IV. TỔ CHỨC THỰC HIỆN*

*1. Văn phòng - Thống kê:* Theo dõi, đôn đốc, tổng hợp kết quả thực hiện, định kỳ báo cáo Chủ tịch UBND xã theo quy định.

*2. Tư pháp - Hộ tịch:* Chủ trì nhiệm vụ cải cách thể chế.

#grid(columns: (1fr, 1fr),
  [#text(size: 11pt)[*Nơi nhận:* \\ \\- UBND huyện (b/c); \\ \\- Các thôn (t/h); \\ \\- Lưu: VT.]],
  align(center)[*TM. ỦY BAN NHÂN DÂN* \\ *CHỦ TỊCH* \\ #v(1cm) *Hồ Văn Nguộn*])
"""
)

TYPST_PLAIN = (
    PAGE
    + """\
#align(center)[*ỦY BAN NHÂN DÂN PHƯỜNG LÁNG HẠ ĐÔNG* \\ *KẾ HOẠCH* \\ *Cải cách hành chính và chuyển đổi số năm 2026*]

Thực hiện Kế hoạch số 02/KH-UBND ngày 06 tháng 01 năm 2026 của UBND thành phố về cải cách hành chính năm 2026, Ủy ban nhân dân phường Láng Hạ Đông ban hành Kế hoạch năm 2026, cụ thể:

*I. MỤC ĐÍCH*

1\\. Hoàn thiện mô hình chính quyền đô thị gần dân, sát dân, phục vụ không phụ thuộc địa giới hành chính, lấy dữ liệu làm nền tảng cho mọi quyết định quản lý của phường.

2\\. Nâng cao trách nhiệm giải trình.

*II. CHỈ TIÊU*

1\\. Tỷ lệ giải quyết hồ sơ trước hạn và đúng hạn đạt từ 99,5% trở lên; tỷ lệ hồ sơ nộp trực tuyến toàn trình đạt ít nhất 85%; thời gian trả lời phản ánh của người dân không quá 24 giờ.

2\\. Tăng ít nhất 10% số lượt giao dịch thanh toán không dùng tiền mặt.

*III. NHIỆM VỤ*

*1. Cải cách thể chế*

a) Kiến nghị sửa đổi quy định chồng chéo về đất đai, xây dựng, hoàn thành trong quý I/2026.

*2. Cải cách tổ chức bộ máy, chế độ công vụ*

a) Xây dựng bản mô tả công việc cho từng vị trí, gắn với chỉ số đo lường kết quả công việc hằng tháng của từng cán bộ, công chức theo nguyên tắc rõ người, rõ việc, rõ trách nhiệm.

b) Luân chuyển vị trí công tác theo quy định.

*3. Chuyển đổi số*

a) Triển khai trợ lý ảo hướng dẫn thủ tục.

b) Hoàn thành chỉnh lý, số hóa tài liệu tồn đọng trước ngày 30 tháng 11 năm 2026.

*IV. KINH PHÍ*

Nguồn chi thường xuyên, chi sự nghiệp khoa học, công nghệ và chuyển đổi số năm 2026.

*V. TỔ CHỨC THỰC HIỆN*

1\\. Giao Phòng Văn hóa - Xã hội chủ trì, theo dõi việc thực hiện Kế hoạch, báo cáo hằng quý.

2\\. Giao Văn phòng HĐND và UBND phường tham mưu kiểm tra, đánh giá mức độ hoàn thành của từng đơn vị, bộ phận và đề xuất khen thưởng.

#align(right)[*TM. ỦY BAN NHÂN DÂN* \\ *CHỦ TỊCH* \\ #v(1cm) *Đoàn Ngọc Khuê*]

*Nơi nhận:* \\ \\- UBND thành phố (để báo cáo); \\ \\- Đảng ủy, HĐND phường; \\ \\- Lưu: VT.
"""
)


def main() -> None:
    """Write every made plan."""
    (PLANS / "district-2023.txt").write_text(fallen_out_of_a_pdf(DISTRICT))
    table_only().save(str(PLANS / "table-only-2026.docx"))
    annex_merged().save(str(PLANS / "annex-merged-2025.docx"))
    auto_numbering().save(str(PLANS / "auto-numbering-2025.docx"))
    for name, source in (("pdf-table-2025", TYPST_TABLE), ("pdf-plain-2026", TYPST_PLAIN)):
        (PLANS / f"{name}.pdf").write_bytes(typst.compile(source.encode(), format="pdf"))


if __name__ == "__main__":
    main()

"""A commune's report as it would leave the house: invented figures, invented people."""

from __future__ import annotations

from datetime import date

from motcua.documents.layout import (
    Align,
    Annex,
    Cell,
    Column,
    Heading,
    Items,
    OfficialDocument,
    Paragraph,
    Run,
    Table,
)

BODY = [
    Paragraph(
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 08 tháng 01 năm 2024 của Ủy ban nhân dân xã về cải "
        "cách hành chính năm 2024, Ủy ban nhân dân xã báo cáo kết quả thực hiện 9 tháng năm 2024 "
        "(số liệu từ ngày 15/12/2023 đến ngày 14/9/2024) như sau:"
    ),
    Heading("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH", 1),
    Heading("1. Việc ban hành và thực hiện kế hoạch", 2),
    Paragraph(
        "Kế hoạch năm 2024 gồm 38 nhiệm vụ. Đến ngày 14/9/2024 đã hoàn thành 26 nhiệm vụ (68,4%), "
        "đang thực hiện 11 nhiệm vụ, trong đó có 02 nhiệm vụ quá hạn; 01 nhiệm vụ chưa đến thời "
        "gian thực hiện."
    ),
    Items(
        [
            "Lĩnh vực cải cách thể chế: hoàn thành 4/5 nhiệm vụ;",
            "Lĩnh vực cải cách thủ tục hành chính: hoàn thành 5/7 nhiệm vụ, trong đó:",
            Items(["Rà soát thủ tục hành chính nội bộ: xong trong quý II;", "Số hóa: đạt 96,2%."]),
            [Run("Lĩnh vực tài chính công: "), Run("hoàn thành 5/5 nhiệm vụ", bold=True), "."],
        ]
    ),
    Heading("2. Công tác kiểm tra, tuyên truyền", 2),
    Paragraph(
        "Ủy ban nhân dân xã đã tự kiểm tra 03 bộ phận theo Kế hoạch số 20/KH-UBND; phát hiện 02 "
        "thiếu sót về niêm yết công khai và đã khắc phục xong trong tháng 7. Đài truyền thanh xã "
        "phát 27 tin, bài về dịch vụ công trực tuyến, thanh toán không dùng tiền mặt và việc trả "
        "kết quả qua dịch vụ bưu chính công ích."
    ),
    Heading("II. KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ", 1),
    Heading("1. Cải cách thủ tục hành chính", 2),
    Heading("1.1. Giải quyết hồ sơ", 3),
    Paragraph("Kết quả giải quyết hồ sơ trong kỳ được tổng hợp tại bảng sau:"),
    Table(
        title="Bảng 1. Kết quả giải quyết hồ sơ thủ tục hành chính",
        columns=[
            Column("TT", 0.6, Align.CENTER),
            Column("Lĩnh vực", 3),
            Column("Tiếp nhận", 1.2, Align.RIGHT),
            Column("Đã giải quyết", 1.2, Align.RIGHT),
            Column("Trước và đúng hạn", 1.3, Align.RIGHT),
            Column("Tỷ lệ", 1, Align.RIGHT),
        ],
        rows=[
            ["1", "Hộ tịch", "412", "405", "401", "99,0%"],
            ["2", "Chứng thực", "1.236", "1.236", "1.236", "100%"],
            ["3", "Đất đai, môi trường", "158", "149", "143", "96,0%"],
            ["4", "Bảo trợ xã hội, người có công", "97", "92", "91", "98,9%"],
            [
                Cell("Cộng", bold=True, align=Align.CENTER, columns=2),
                Cell("1.903", bold=True),
                Cell("1.882", bold=True),
                Cell("1.871", bold=True),
                Cell("99,4%", bold=True),
            ],
        ],
        note="Nguồn: sổ theo dõi hồ sơ của Bộ phận Tiếp nhận và Trả kết quả.",
    ),
    Paragraph(
        "Tỷ lệ giải quyết trước và đúng hạn đạt 99,4%, vượt 1,4 điểm phần trăm so với chỉ tiêu "
        "(98% trở lên). Có 11 hồ sơ trễ hạn; cả 11 hồ sơ đã có văn bản xin lỗi và hẹn lại ngày trả "
        "kết quả. Nguyên nhân chủ yếu là chờ kết quả xác minh của cơ quan cấp trên."
    ),
    Heading("1.2. Dịch vụ công trực tuyến", 3),
    Paragraph(
        "Hồ sơ nộp trực tuyến đạt 1.142/1.903 hồ sơ (60,0%); 100% thủ tục hành chính đủ điều kiện "
        "đã được cung cấp dưới hình thức dịch vụ công trực tuyến toàn trình."
    ),
    Heading("a) Thuận lợi", 4),
    Paragraph(
        "Công chức tiếp nhận hướng dẫn tận tình; người dân quen dần với tài khoản định danh."
    ),
    Heading("b) Khó khăn", 4),
    Paragraph("Đường truyền tại hai thôn ven biển chưa ổn định; người cao tuổi cần được hỗ trợ."),
    Heading("2. Cải cách tài chính công", 2),
    Paragraph(
        "Ủy ban nhân dân xã đã ban hành Quy chế chi tiêu nội bộ năm 2024; công khai ngân sách quý "
        "I, quý II và 6 tháng đúng thời hạn. Kinh phí thực hiện kế hoạch là 45.000.000 đồng, đã "
        "chi 31.250.000 đồng (69,4%)."
    ),
    Heading("III. PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ IV NĂM 2024", 1),
    Items(
        [
            "Hoàn thành 12 nhiệm vụ còn lại của Kế hoạch, trong đó 02 nhiệm vụ quá hạn phải xong "
            "trước ngày 20/10/2024;",
            "Khảo sát, đánh giá mức độ hài lòng của người dân, tổ chức năm 2024;",
            "Tự chấm điểm Chỉ số cải cách hành chính và gửi kèm tài liệu kiểm chứng đúng hạn.",
        ]
    ),
    Paragraph(
        "Trên đây là báo cáo kết quả công tác cải cách hành chính 9 tháng năm 2024, Ủy ban nhân "
        "dân xã trân trọng báo cáo./."
    ),
]

ANNEX = Annex(
    number="I",
    title="Tiến độ thực hiện các nhiệm vụ của kế hoạch",
    landscape=True,
    blocks=[
        Table(
            columns=[
                Column("TT", 0.5, Align.CENTER),
                Column("Nhiệm vụ", 4),
                Column("Chủ trì", 1.6),
                Column("Thời hạn", 1.2, Align.CENTER),
                Column("Sản phẩm", 2),
                Column("Tình trạng", 1.4, Align.CENTER),
            ],
            rows=[
                [str(n), f"Nhiệm vụ thứ {n}: rà soát, cập nhật và niêm yết công khai thủ tục hành "
                 "chính thuộc thẩm quyền giải quyết của xã", "Văn phòng - Thống kê",
                 "30/6/2024", f"Quyết định số {n:02d}/QĐ-UBND", "Hoàn thành"]
                for n in range(1, 31)
            ],
        )
    ],
)  # fmt: skip

ANNEX_2 = Annex(
    number="II",
    title="Danh mục văn bản chỉ đạo",
    blocks=[
        Paragraph("Các văn bản do Ủy ban nhân dân xã ban hành trong kỳ:"),
        Items(["Kế hoạch số 12/KH-UBND;", "Kế hoạch số 20/KH-UBND;", "Công văn số 31/UBND-VP."]),
    ],
)

REPORT = OfficialDocument(
    agency=["ỦY BAN NHÂN DÂN", "XÃ HOẰNG ĐÔNG"],
    agency_name="Ủy ban nhân dân xã Hoằng Đông",
    number="05/BC-UBND",
    place="Hoằng Đông",
    day=date(2024, 9, 16),
    kind="BÁO CÁO",
    summary="Kết quả công tác cải cách hành chính 9 tháng năm 2024",
    addressees=["Ủy ban nhân dân huyện Hoằng Hóa"],
    body=BODY,
    authority=["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
    signatory="Lê Văn Minh",
    recipients=["UBND huyện (b/c)", "TT Đảng ủy, HĐND xã (b/c)", "Công chức chuyên môn", "Lưu: VT"],
    annexes=[ANNEX, ANNEX_2],
)

LETTER = OfficialDocument(
    parent_agency=["ỦY BAN NHÂN DÂN TỈNH THANH HÓA"],
    agency=["SỞ NỘI VỤ"],
    agency_name="Sở Nội vụ",
    number="      /SNV-CCHC",
    place="Thanh Hóa",
    day=None,
    year=2024,
    kind="",
    summary="đôn đốc thực hiện nhiệm vụ cải cách hành chính quý IV năm 2024",
    addressees=["Ủy ban nhân dân các xã, phường", "Trung tâm Phục vụ hành chính công tỉnh"],
    grounds=["Căn cứ Kế hoạch cải cách hành chính năm 2024", "Xét báo cáo của các đơn vị"],
    body=[
        Heading("PHẦN I\nNỘI DUNG", 0),
        Paragraph("Đề nghị các đơn vị khẩn trương thực hiện các nhiệm vụ còn lại theo bảng sau:"),
        Table(
            columns=[Column("TT", 0.4, Align.CENTER), Column("Nhiệm vụ", 3), Column("Đơn vị", 2),
                     Column("Hạn", 1, Align.CENTER)],
            head=[
                [Cell("TT", rows=2), Cell("Nhiệm vụ", rows=2), Cell("Thực hiện", columns=2)],
                ["Đơn vị", "Hạn"],
            ],
            rows=[
                [Cell("1", rows=2), Cell("Số hóa hồ sơ", rows=2), "Xã A", "31/10/2024"],
                ["Xã B", "15/11/2024"],
                ["2", "Khảo sát hài lòng", "Xã C", "30/11/2024"],
            ],
        ),
        Paragraph("Giữa trang.", Align.CENTER),
        Paragraph("Đề nghị các đơn vị thực hiện./."),
    ],
    authority=["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
    signatory="Nguyễn Thị Hồng Ánh",
    recipients=["Như trên;", "Lưu: VT, CCHC."],
    draft=True,
)  # fmt: skip

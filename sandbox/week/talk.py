"""What people say around their questions, and instead of them. All of it invented."""

from __future__ import annotations

OPENINGS = (
    "Chào ad", "Dạ em chào anh chị ạ", "Xin chào BHXH Việt Nam", "ad ơi cho em hỏi", "Alo ad ơi",
    "a/c cho e hỏi chút với", "Kính gửi BHXH Việt Nam", "Cho tôi hỏi", "chao anh chi", "Dạ cho cháu hỏi với ạ",
)  # fmt: skip
DETAILS = (
    "Tôi ở phường Hòa Khánh, Đà Nẵng", "Em đang làm ở khu công nghiệp Sóng Thần, Bình Dương", "Mẹ tôi năm nay 62 tuổi",
    "Em đóng được 4 năm 7 tháng rồi ạ", "Công ty em ở quận 12, TP.HCM", "Mã số BHXH của em là 7916384052",
    "Tôi nghỉ việc từ tháng 8", "Hiện tôi đang ở Nghệ An", "Sdt em 0912 345 678 ạ", "vợ tôi sinh ngày 12/10",
    "Thẻ của con tôi mã TE 1797916384052", "Em mới chuyển từ Cần Thơ lên Sài Gòn",
)  # fmt: skip
CLOSINGS = (
    "Em cảm ơn ạ", "Mong ad trả lời giúp", "Xin cảm ơn", "cam on ad nhieu", "giúp em với ạ",
    "Nhờ anh chị hướng dẫn giúp tôi",
)  # fmt: skip
ADDITIONS = (
    "À em nói thêm là em đã nộp hồ sơ ở bưu điện rồi ạ", "Em quên, công ty em đã báo giảm từ tháng 9",
    "Tôi xin bổ sung: tôi có cả giấy ra viện", "quên chưa nói, e đóng ở 2 nơi",
    "Với lại cho hỏi luôn cần mang giấy tờ gì",
)  # fmt: skip
ASK_HOW_FAR = (
    "Sao lâu quá vậy ad?", "cho xin tra loi voi cho lau qua", "Em hỏi ở trên rồi ạ, mong ad trả lời sớm",
    "Câu hỏi của tôi hôm trước đến đâu rồi?", "hỏi mấy ngày không thấy trả lời!", "Bao giờ thì có câu trả lời ạ",
)  # fmt: skip
THANKS = ("Cảm ơn ad nhiều", "Dạ em cảm ơn ạ", "ok ad", "vâng ạ", "Cam on", "Dạ vâng em hiểu rồi", "👍", "Tôi cảm ơn")
GREETINGS = ("alo", "ad ơi", "Xin chào", "Chào ad", "a lo co ai k", "hi", "Có ai trực không ạ", "Alo alo")
ADVERTISEMENTS = (
    "ban dat nen gia re khu vuc long thanh lien he ngay", "vay tiền nhanh k thế chấp ib zalo nhé mn",
    "Tuyển CTV làm online tại nhà, thu nhập 500k/ngày, inbox nhận việc",
)  # fmt: skip
ABUSE = ("làm ăn như l", "đồ ăn hại, trả lời kiểu đm")
# what must never wait in line, nor be routed by a machine
GRAVE = (
    "Con tôi đang cấp cứu ở bệnh viện mà thẻ BHYT báo không có giá trị, bệnh viện bắt đóng tiền, giờ phải làm sao?",
    "Tôi lỡ đọc mã OTP cho người xưng là cán bộ BHXH, giờ bị mất tiền trong tài khoản rồi",
    "Tôi muốn tố cáo cán bộ một cửa đòi tiền bồi dưỡng mới nhận hồ sơ của tôi",
    "Mẹ tôi sắp mổ, bệnh viện nói thẻ bảo hiểm bị khóa, xin giúp gấp",
    "Tôi làm báo, đề nghị BHXH Việt Nam trả lời bằng văn bản về việc chậm chi trả lương hưu tại địa phương",
)
CAPTIONS = ("", "", "sổ BHXH của tôi đây, xem giúp tôi với", "giấy ra viện của con em ạ",
            "anh chi xem giup thong bao nay")  # fmt: skip

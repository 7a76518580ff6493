"""What the actions of events are called."""

from __future__ import annotations

from wagtail.log_actions import registry

ACTIONS = {
    "wagtail.create": "Tạo",
    "wagtail.edit": "Sửa",
    "wagtail.delete": "Xóa",
    "wagtail.publish": "Phát hành",
    "wagtail.unpublish": "Ngừng phát hành",
    "wagtail.revert": "Quay lại bản cũ",
    "wagtail.lock": "Khóa",
    "wagtail.unlock": "Mở khóa",
    "wagtail.workflow.start": "Gửi phê duyệt",
    "wagtail.workflow.approve": "Phê duyệt",
    "wagtail.workflow.reject": "Trả lại",
    "wagtail.workflow.resume": "Gửi lại",
    "wagtail.workflow.cancel": "Rút lại",
    "releases.release.add": "Phát hành bản mới",
    "releases.retraction.add": "Thu hồi",
    "releases.correction.add": "Đính chính",
    "releases.secondreview.add": "Xem xét lại",
    "training.modelarchive.add": "Đăng ký mô hình",
    "training.modelactivation.add": "Kích hoạt mô hình",
    "training.examplechange.add": "Phê duyệt câu ví dụ",
    "training.trainingjob.add": "Yêu cầu huấn luyện",
    "training_cancelled": "Hủy huấn luyện",
    "training_ended": "Kết thúc huấn luyện",
    "examples_adopted": "Đưa câu ví dụ vào mô hình",
    "examples_refused": "Không nhận câu ví dụ",
    "model_returned": "Dùng lại mô hình cũ",
    "imports.importrun.add": "Nhập từ tệp",
    "imports.uploadedsheet.add": "Tải tệp lên",
    "login": "Đăng nhập",
    "logout": "Đăng xuất",
    "login_failed": "Đăng nhập không thành công",
    "locked_out": "Bị khóa đăng nhập",
    "second_factor_failed": "Nhập sai mã xác thực",
    "account_made": "Tạo tài khoản",
    "account_changed": "Sửa tài khoản",
    "account_deleted": "Xóa tài khoản",
    "role_given": "Giao vai trò",
    "role_taken": "Bỏ vai trò",
    "export": "Xuất dữ liệu",
}


def action_name(action: str) -> str:
    """The Vietnamese name; an action that another application registered is named by Wagtail's register."""
    if action in ACTIONS:
        return ACTIONS[action]
    registry.scan_for_actions()
    formatter = registry.formatters.get(action)
    return str(formatter.label) if formatter else action

/** Every word of the widget that a resident reads or hears. */

export const texts = {
  title: "Tin Cậy",
  subtitle: "Hỏi đáp COVID-19",
  greeting:
    "Chào bạn. Tôi là trợ lý tự động. Tôi trả lời bằng nội dung đã được cơ quan có thẩm quyền duyệt, có ghi nguồn và ngày. Khi cần, tôi chuyển bạn tới cán bộ trực.",
  privacy: "Xin đừng gửi số căn cước, mật khẩu hay thông tin ngân hàng.",
  starters: [
    "Tôi là F1, phải cách ly bao nhiêu ngày?",
    "Điểm tiêm ở đâu?",
    "Bản tin dịch mới nhất",
    "Cho tôi gặp cán bộ trực",
  ],
  starterLabel: "Câu hỏi gợi ý",
  log: "Nội dung trò chuyện",

  author: { resident: "Bạn", bot: "Trợ lý", operator: "Cán bộ trực", system: "Thông báo" },
  location: "📍 Vị trí của tôi",
  picture: "Hình kèm theo câu trả lời",
  newWindow: "(mở trang mới)",

  sending: "Đang gửi…",
  sent: "Đã gửi",
  notSent: "Chưa gửi được.",
  retry: "Thử lại",
  edit: "Sửa tin nhắn",
  offline: "Không có kết nối mạng.",
  refused: "Tin nhắn này không gửi được.",
  busy: "Hệ thống đang bận. Bạn thử lại sau ít phút nhé.",

  typing: "Đang soạn câu trả lời",
  reconnecting: "Đang kết nối lại…",
  waiting: (position) => `Đang chờ cán bộ trực${position ? ` (thứ ${position})` : ""}`,
  wait: (seconds) => `Dự kiến khoảng ${Math.max(1, Math.round(seconds / 60))} phút.`,
  operator: (name) => (name ? `Cán bộ trực: ${name}` : "Cán bộ trực đang trả lời bạn"),
  expired: "Phiên trò chuyện trước đã hết hạn. Cuộc trò chuyện mới bắt đầu từ đây.",
  endedElsewhere: "Cuộc trò chuyện đã kết thúc ở một cửa sổ khác.",

  question: "Câu hỏi của bạn",
  placeholder: "Nhập câu hỏi…",
  send: "Gửi",
  shareLocation: "Gửi vị trí của tôi",
  locating: "Đang lấy vị trí…",
  locationErrors: {
    denied: "Bạn chưa cho phép lấy vị trí. Bạn có thể nhắn tên xã, huyện.",
    unavailable: "Máy chưa lấy được vị trí. Bạn có thể nhắn tên xã, huyện.",
  },
  counter: (length, limit) => `${vietnameseNumber(length)}/${vietnameseNumber(limit)} ký tự`,
  tooLong: (excess) => `Tin nhắn quá dài. Bạn bớt ${vietnameseNumber(excess)} ký tự nhé.`,

  menu: "Tùy chọn",
  largeType: "Chữ to hơn",
  erase: "Xóa dữ liệu của tôi",
  eraseTitle: "Xóa dữ liệu của bạn?",
  eraseText: "Toàn bộ cuộc trò chuyện này sẽ bị xóa và không lấy lại được.",
  eraseConfirm: "Xóa",
  eraseCancel: "Không xóa",
  erased: "Đã xóa dữ liệu của bạn.",
  eraseFailed: "Chưa xóa được. Bạn thử lại nhé.",
  jump: "Xem tiếp ↓",

  provenance: "Nguồn & ngày duyệt",
  document: "Văn bản",
  issuer: "Cơ quan",
  issued: "Ngày ban hành",
  approved: "Đã duyệt lúc",
  validTo: "Có giá trị đến trước",
  openDocument: "Xem văn bản",

  feedback: "Câu trả lời này có hữu ích không?",
  up: "Hữu ích",
  down: "Chưa đúng ý",
  thanks: "Cảm ơn bạn đã góp ý.",
  reason: "Chưa đúng ở điểm nào? (không bắt buộc)",
  sendReason: "Gửi góp ý",
  feedbackFailed: "Chưa gửi được góp ý. Bạn thử lại nhé.",
};

function vietnameseNumber(number) {
  return number.toLocaleString("vi-VN");
}

/** Zalo's times are text of milliseconds; they are shown in Vietnamese time. */

const zone = { timeZone: "Asia/Ho_Chi_Minh" };
const clock = new Intl.DateTimeFormat("vi-VN", { ...zone, hour: "2-digit", minute: "2-digit", hour12: false });
const exact = new Intl.DateTimeFormat("vi-VN", { ...zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const date = new Intl.DateTimeFormat("vi-VN", { ...zone, day: "2-digit", month: "2-digit", year: "numeric" });

export const timeOf = (milliseconds) => clock.format(Number(milliseconds));
export const secondOf = (milliseconds) => exact.format(Number(milliseconds));
export const dayOf = (milliseconds) => date.format(Number(milliseconds));

/** Dates as residents read them, always in Vietnamese time. */

const ZONE = "Asia/Ho_Chi_Minh";
const parts = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** @returns {{time: string, day: string} | null} 14:05 and 12/08/2021; null when it is no date */
function split(moment) {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return null;
  const found = Object.fromEntries(parts.formatToParts(date).map(({ type, value }) => [type, value]));
  return { time: `${found.hour}:${found.minute}`, day: `${found.day}/${found.month}/${found.year}` };
}

/** 2021-12-16 → 16/12/2021. A calendar day has no zone, so it is not sent through one. */
export function vietnameseDay(day) {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(day ?? "");
  return found ? `${found[3]}/${found[2]}/${found[1]}` : "";
}

/** 14:05 ngày 12/08/2021 */
export function vietnameseMoment(moment) {
  const found = split(moment);
  return found ? `${found.time} ngày ${found.day}` : "";
}

/** 14:05, with the day when that is not today. */
export function messageTime(moment, now = new Date()) {
  const found = split(moment);
  if (!found) return "";
  return found.day === split(now)?.day ? found.time : `${found.time} ngày ${found.day}`;
}

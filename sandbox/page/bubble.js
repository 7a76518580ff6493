/** One message as a line of the chat. */

import { secondOf, timeOf } from "./dates.js";
import { element } from "./element.js";
import { webhookOf } from "./store.js";

const LINK = /https?:\/\/[^\s]+[^\s.,;:!?)]/g;
const PIN = "M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21Z";
const SHEET = "M6 3h8l4 4v14H6zM14 3v4h4";

/** `tap(message, index)` is called for a button of the Official Account. */
export function line(message, quoted, tap) {
  if (message.hidden) {
    return element("p", { className: "hidden-tap", title: message.text }, `Đã bấm nút (gửi ẩn) · ${timeOf(message.at)}`);
  }
  const mine = message.author === "resident";
  const made = element("div", { className: `line ${mine ? "mine" : ""} ${message.kind === "sticker" ? "bare" : ""}` });
  if (!mine) made.append(element("img", { className: "small-face", src: "/page/avatar.svg", alt: "" }));
  const bubble = element("div", { className: "bubble" });
  if (message.author === "admin") bubble.append(element("p", { className: "by-hand" }, "Cán bộ trả lời"));
  if (quoted) bubble.append(element("p", { className: "quote" }, quoted.hidden ? "Nút đã bấm" : quoted.text || "Tin nhắn"));
  bubble.append(...content(message), foot(message, mine));
  if (message.buttons.length) bubble.append(buttons(message, tap));
  made.append(bubble);
  return made;
}

function content(message) {
  const parts = [];
  const { detail } = message;
  const media = `/sandbox/media/${detail.media_id}`;
  if (message.kind === "image" || message.kind === "gif") parts.push(element("img", { className: "picture", src: media, alt: detail.name }));
  if (message.kind === "sticker") parts.push(element("img", { className: "sticker", src: `/page/stickers/${detail.sticker_id}.svg`, alt: `Nhãn dán ${detail.sticker_id}` }));
  if (message.kind === "file") parts.push(card(SHEET, element("a", { href: media, textContent: detail.name })));
  if (message.kind === "audio") parts.push(element("div", { className: "card" }, element("audio", { controls: true, src: media })));
  if (message.kind === "location") parts.push(card(PIN, `Vị trí của tôi\n${detail.latitude}, ${detail.longitude}`));
  if (message.kind === "request_user_info") parts.push(element("p", { className: "words" }, `${detail.title}\n${detail.subtitle}`));
  if (message.text) parts.push(element("p", { className: "words" }, ...linked(message.text)));
  return parts;
}

function card(path, words) {
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  const stroke = document.createElementNS("http://www.w3.org/2000/svg", "path");
  stroke.setAttribute("d", path);
  icon.append(stroke);
  return element("div", { className: "card" }, icon, element("span", {}, words));
}

function linked(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const link = element("a", { href: match[0], target: "_blank", rel: "noreferrer", textContent: match[0] });
    parts.push(text.slice(end, match.index), link);
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}

function foot(message, mine) {
  const [words, wrong] = mine ? fate(message) : [receipt(message), false];
  const title = `${secondOf(message.at)} · ${message.message_id}`;
  return element("p", { className: "foot", title }, `${timeOf(message.at)} · `, element("span", { className: wrong ? "wrong" : "" }, words));
}

/** Whether the app has taken the event of a resident's message. */
function fate(message) {
  const entry = webhookOf(message);
  if (!entry || entry.state === "pending") return ["✓ Đã gửi", false];
  return entry.state === "delivered" ? ["✓✓ Đã nhận", false] : ["! Ứng dụng chưa nhận được", true];
}

function receipt(message) {
  if (message.seen_at) return "✓✓ Đã xem";
  return message.received_at ? "✓ Đã nhận" : "Chưa nhận";
}

function buttons(message, tap) {
  const made = message.buttons.map((button, index) =>
    element("button", { type: "button", title: button.type, onclick: () => tap(message, index) }, button.title),
  );
  return element("div", { className: "taps" }, ...made);
}

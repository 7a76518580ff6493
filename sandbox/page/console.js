/** The console on the right: platform, faults, replies by hand. */

import { call } from "./api.js";
import { secondOf, dayOf } from "./dates.js";
import { attempt, element, toast } from "./element.js";
import { faults, people, platform } from "./store.js";

const chips = document.querySelector("[data-chips]");
const panel = document.querySelector("[data-platform]");
const switches = document.querySelector("[data-faults]");
const manual = document.querySelector("[data-manual]");
const HOUR_S = 3600;

export function prepareConsole() {
  const toggle = document.querySelector("[data-console-toggle]");
  const console = document.querySelector("[data-console]");
  const show = (open) => {
    console.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
    localStorage.setItem("console", open ? "open" : "closed");
  };
  toggle.onclick = () => show(console.hidden);
  show(localStorage.getItem("console") === "open");
  manual.onsubmit = async (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(manual));
    if (await attempt(() => call("POST", "/oa/replies", fields))) manual.elements.text.value = "";
  };
}

export function drawPeopleChoice() {
  const { user_id: choice } = manual.elements;
  const chosen = choice.value;
  choice.replaceChildren(...[...people.values()].map((person) => element("option", { value: person.user_id, textContent: person.name })));
  if (people.has(chosen)) choice.value = chosen;
}

export function drawPlatform() {
  const { webhook, authorised, clock } = platform;
  chips.replaceChildren(
    chip(authorised ? "Đã cấp quyền" : "Chưa cấp quyền cho ứng dụng", authorised ? "" : "bad"),
    chip(webhook.subscribed ? "Webhook bật" : "Webhook đã bị tắt", webhook.subscribed ? "" : "bad"),
  );
  if (clock.offset_s) chips.append(chip(`Đồng hồ chạy trước ${ahead(clock.offset_s)}`, "warn"));
  panel.replaceChildren(facts(), urlForm(), limitForm(), actions());
}

const chip = (words, className) => element("li", { className }, words);

function ahead(seconds) {
  const hours = Math.round(seconds / HOUR_S);
  return hours >= 48 ? `${Math.floor(hours / 24)} ngày ${hours % 24} giờ` : `${hours} giờ`;
}

function facts() {
  const { oa, app_id: app, clock, speed } = platform;
  const pairs = [
    ["Official Account", `${oa.name} (${oa.id})`],
    ["Ứng dụng", app],
    ["Giờ của nền tảng", `${secondOf(clock.now)} ngày ${dayOf(clock.now)}`],
    ["Gửi lại webhook", speed === 1 ? "đúng như thật: 30 giây, 5, 15, 30 phút, 1 giờ" : `nhanh gấp ${speed} lần`],
  ];
  return element("dl", { className: "facts" }, ...pairs.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
}

function urlForm() {
  const input = element("input", { name: "url", value: platform.webhook.url, ariaLabel: "Địa chỉ webhook" });
  const form = element("form", { className: "in-line" }, input, element("button", { className: "plain" }, "Lưu"));
  form.onsubmit = async (event) => {
    event.preventDefault();
    if (await attempt(() => call("PUT", "/webhook", { url: input.value }))) toast("Đã lưu địa chỉ webhook.");
  };
  return form;
}

function limitForm() {
  const input = element("input", { type: "number", min: 1, max: 100000, value: platform.limit.per_minute, ariaLabel: "Số lệnh mỗi phút" });
  const form = element("form", { className: "in-line" }, input, element("button", { className: "plain" }, "Đặt giới hạn mỗi phút"));
  form.onsubmit = async (event) => {
    event.preventDefault();
    const limit = { per_minute: Number(input.value) };
    if (await attempt(() => call("PUT", "/limit", limit))) toast("Đã đặt giới hạn.");
  };
  return form;
}

function actions() {
  const button = (title, work, className = "plain") => element("button", { type: "button", className, onclick: work }, title);
  const later = (title, seconds) => button(title, () => attempt(() => call("POST", "/clock", { advance_s: seconds })));
  const row = [
    later("+1 giờ", HOUR_S),
    later("+48 giờ", 48 * HOUR_S),
    later("+7 ngày", 7 * 24 * HOUR_S),
    button("Giờ thật", () => attempt(() => call("POST", "/clock", { offset_s: 0 }))),
  ];
  if (!platform.webhook.subscribed) row.unshift(button("Bật lại webhook", () => attempt(() => call("POST", "/webhook/subscribe", {}))));
  row.push(button("Cấp cặp token", giveTokens), button("Xóa hết", eraseAll, "plain danger"));
  return element("div", { className: "buttons" }, ...row);
}

async function giveTokens() {
  const question = "Cặp token đang dùng sẽ hết hiệu lực. Cấp cặp mới?";
  if (platform.authorised && !window.confirm(question)) return;
  const pair = await attempt(() => call("POST", "/tokens", {}));
  if (!pair) return;
  const shown = element("pre", {}, `access_token\n${pair.access_token}\nrefresh_token\n${pair.refresh_token}`);
  panel.append(element("div", { className: "journal" }, shown));
}

async function eraseAll() {
  if (!window.confirm("Xóa mọi người, tin nhắn, token và lỗi giả lập?")) return;
  if (await attempt(() => call("POST", "/reset", {}))) window.location.reload();
}

export function drawFaults() {
  if (switches.contains(document.activeElement)) return;
  if (!faults.available) {
    switches.replaceChildren("Lỗi giả lập đang tắt trong cài đặt (SANDBOX_FAULTS=no).");
    return;
  }
  const head = element("div", { className: "fault head" }, ...["Lỗi", "Tỉ lệ %", "Số lần", "Mức"].map((title) => element("span", {}, title)));
  const off = element("button", { type: "button", className: "plain", onclick: () => change({ reset: true }) }, "Tắt hết");
  switches.replaceChildren(head, ...Object.entries(faults.faults).map(faultRow), element("div", { className: "buttons" }, off));
}

function faultRow([name, fault]) {
  const number = (label, value, least, most, take) => {
    const input = element("input", { type: "number", value, min: least, max: most, ariaLabel: `${label}: ${fault.title}` });
    input.onchange = () => {
      input.blur();
      change({ faults: { [name]: take(Number(input.value)) } });
    };
    return input;
  };
  const share = number("Tỉ lệ phần trăm", Math.round(fault.probability * 100), 0, 100, (value) => ({ probability: value / 100 }));
  const count = number("Số lần", fault.count < 0 ? "" : fault.count, 0, 1000, (value) => ({ count: value || -1 }));
  count.placeholder = "mãi";
  const size = fault.unit ? number("Mức", fault.value, 0, 1000000, (value) => ({ value })) : "";
  const sized = element("span", { className: "sized" }, size, element("small", {}, fault.unit));
  const on = fault.probability > 0 && fault.count !== 0;
  return element("div", { className: `fault ${on ? "on" : ""}` }, element("span", {}, fault.title), share, count, sized);
}

const change = (body) => attempt(() => call("PUT", "/faults", body));

/** The list of residents on the left. */

import { call } from "./api.js";
import { attempt, element } from "./element.js";
import { messagesOf, people } from "./store.js";

const TONES = 6;
const KINDS = { image: "[Hình ảnh]", gif: "[Hình ảnh]", sticker: "[Nhãn dán]", file: "[Tệp]", audio: "[Tin nhắn thoại]", location: "[Vị trí]", request_user_info: "[Biểu mẫu]" };
const list = document.querySelector("[data-people]");

/** `toggle(userId)` opens or closes a phone, `open(userId)` opens it. */
export function preparePeople(open) {
  document.querySelector("[data-new-person]").onsubmit = async (event) => {
    event.preventDefault();
    const { name } = event.target.elements;
    const person = await attempt(() => call("POST", "/residents", { name: name.value }));
    if (!person) return;
    name.value = "";
    people.set(person.user_id, person);
    open(person.user_id);
  };
}

export function drawPeople(opened, toggle) {
  list.replaceChildren(...[...people.values()].map((person) => element("li", {}, row(person, opened.has(person.user_id), toggle))));
}

function row(person, isOpen, toggle) {
  const messages = messagesOf(person.user_id).filter((message) => !message.hidden);
  const unread = messages.filter((message) => message.author !== "resident" && !message.seen_at).length;
  const made = element(
    "button",
    { type: "button", className: "person", onclick: () => toggle(person.user_id) },
    element("span", { className: `face tone-${Number(person.user_id.slice(-4)) % TONES}`, ariaHidden: "true" }, initial(person.name)),
    element("span", { className: "person-words" }, element("b", {}, person.name), element("small", {}, last(messages.at(-1)))),
    unread ? element("span", { className: "unread", title: "Tin chưa xem" }, String(unread)) : null,
  );
  made.setAttribute("aria-pressed", String(isOpen));
  return made;
}

/** Vietnamese given names stand last. */
const initial = (name) => name.trim().split(/\s+/).at(-1)[0].toUpperCase();

function last(message) {
  if (!message) return "Chưa có tin nhắn";
  const words = message.text || KINDS[message.kind] || "";
  return message.author === "resident" ? `Bạn: ${words}` : words;
}

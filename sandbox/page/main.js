/** Puts the page together: list, phones, console. Which phones are open is remembered in this browser. */

import { drawFaults, drawPeopleChoice, drawPlatform, prepareConsole } from "./console.js";
import { toast } from "./element.js";
import { drawJournal } from "./journal.js";
import { drawPeople, preparePeople } from "./people.js";
import { Phone } from "./phone.js";
import { follow, on, people } from "./store.js";

const area = document.querySelector("[data-phones]");
const empty = document.querySelector("[data-empty]");
const phones = new Map();
const remembered = new Set(JSON.parse(localStorage.getItem("phones") ?? "[]"));

function open(userId) {
  if (phones.has(userId)) return;
  const phone = new Phone(userId, () => close(userId));
  phones.set(userId, phone);
  area.append(phone.node);
  phone.drawChat();
  phone.part("text").focus({ preventScroll: true });
  settle();
}

function close(userId) {
  phones.get(userId)?.node.remove();
  phones.delete(userId);
  settle();
}

function settle() {
  empty.hidden = phones.size > 0;
  localStorage.setItem("phones", JSON.stringify([...phones.keys()]));
  drawList();
}

const drawList = () => drawPeople(phones, (userId) => (phones.has(userId) ? close(userId) : open(userId)));

on("resident", (person) => {
  if (!person) reopen();
  else phones.get(person.user_id)?.drawHead();
  drawList();
  drawPeopleChoice();
});
on("message", (message) => {
  for (const [userId, phone] of phones) if (!message || message.user_id === userId) phone.drawChat();
  drawList();
});
on("webhook", (entry) => {
  drawJournal();
  if (entry) phones.get(entry.user_id)?.drawChat();
});
on("platform", () => {
  drawPlatform();
  for (const phone of phones.values()) phone.drawHead();
});
on("faults", drawFaults);

/** After a (re)connection: phones of people who are gone close, remembered ones open. */
function reopen() {
  for (const userId of phones.keys()) if (!people.has(userId)) close(userId);
  for (const userId of remembered) if (people.has(userId)) open(userId);
  remembered.clear();
}

prepareConsole();
preparePeople(open);
document.addEventListener("visibilitychange", () => phones.forEach((phone) => phone.drawChat()));
follow(() => toast("Không kết nối được với nền tảng mô phỏng. Đang thử lại."));

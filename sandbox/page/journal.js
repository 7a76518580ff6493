/** The webhook journal: newest first, each entry opens to its body and attempts. */

import { secondOf } from "./dates.js";
import { element } from "./element.js";
import { people, webhooks } from "./store.js";

const SHOWN = 60;
const STATES = { pending: "đang chờ", delivered: "đã nhận", failed: "thất bại", unsent: "không gửi" };
const list = document.querySelector("[data-journal]");
const opened = new Set();

export function drawJournal() {
  const entries = [...webhooks.values()].slice(-SHOWN).reverse();
  list.replaceChildren(...entries.map((entry) => element("li", {}, row(entry))));
  if (!entries.length) list.append(element("li", {}, "Chưa có sự kiện nào."));
}

function row(entry) {
  const times = entry.attempts.length > 1 ? ` ×${entry.attempts.length}` : "";
  const summary = element(
    "summary",
    {},
    element("span", {}, secondOf(entry.timestamp)),
    element("b", { title: entry.event_name }, entry.event_name, " ", element("small", {}, people.get(entry.user_id)?.name ?? "")),
    element("span", { className: `state ${entry.state}` }, STATES[entry.state] + times),
  );
  const made = element("details", { open: opened.has(entry.id) }, summary);
  made.ontoggle = () => {
    if (made.open) opened.add(entry.id);
    else opened.delete(entry.id);
    fill(made, entry);
  };
  fill(made, entry);
  return made;
}

function fill(details, entry) {
  if (!details.open || details.querySelector("pre")) return;
  if (entry.reason) details.append(element("p", {}, entry.reason));
  for (const attempt of entry.attempts) {
    const outcome = attempt.status || attempt.error;
    details.append(element("p", {}, `Lần ${attempt.number}: ${secondOf(attempt.at)} → ${outcome} (${attempt.elapsed_ms} ms)`));
  }
  if (entry.state === "pending") details.append(element("p", {}, `Thử lại lúc ${secondOf(entry.next_at)}`));
  details.append(element("pre", {}, JSON.stringify(JSON.parse(entry.body), null, 2)));
}

import { build, webAddress } from "./build.js";
import { messageTime } from "./dates.js";
import { feedbackElement } from "./feedback.js";
import { provenanceElement } from "./provenance.js";
import { texts } from "./texts.js";

const URGENT = 1;

/**
 * The element of one message that the gateway has sent.
 *
 * @param {any} message see the gateway's web-chat API
 * @param {{base: string, choose: (button: any) => void, feedback: (id: string, value: any, reason: string) => Promise<void>}} page
 */
export function bubble(message, page) {
  const release = message.meta?.release ?? null;
  const urgent = message.meta?.handoff?.priority === URGENT;
  const [calls, choices] = buttons(message, urgent);
  return build(
    "article",
    { class: `message ${message.author}${urgent ? " urgent" : ""}`, "data-id": message.id },
    heading(message),
    row(calls, page),
    build("div", { class: "body" }, text(message), picture(message, page.base)),
    message.author === "resident" ? build("p", { class: "delivery" }, texts.sent) : null,
    row(choices, page),
    release && provenanceElement(release),
    release && message.author === "bot" ? feedbackElement((value, reason) => page.feedback(message.id, value, reason)) : null,
  );
}

/**
 * The element of a message that is on its way, or could not be sent.
 *
 * @param {any} entry see Outbox
 * @param {{retry: (clientId: string) => void, edit: (entry: any) => void}} page
 */
export function entryBubble(entry, page) {
  const element = build(
    "article",
    { class: `message resident ${entry.status}`, "data-client-id": entry.clientId },
    heading({ author: "resident", at: null }),
    build("div", { class: "body" }, text(entry)),
    build("p", { class: "delivery", role: entry.status === "sending" ? null : "alert" }, deliveryText(entry)),
  );
  if (entry.status === "failed") {
    element.lastChild.append(" ", action(texts.retry, () => page.retry(entry.clientId)));
  } else if (entry.status === "refused" && "text" in entry.body) {
    element.lastChild.append(" ", action(texts.edit, () => page.edit(entry)));
  }
  return element;
}

/** The gateway has the message: what it keeps, and since when, is what the resident sees. */
export function settle(element, message) {
  element.className = "message resident";
  element.dataset.id = message.id;
  element.querySelector(".delivery").replaceChildren(texts.sent);
  if (!message.at) return;
  element.querySelector(".who").replaceWith(heading(message));
  if (message.text) element.querySelector(".text").textContent = message.text;
}

function heading({ author, at }) {
  const time = at ? messageTime(at) : "";
  const name = texts.author[author] ?? texts.author.system;
  return build(
    "p",
    { class: "who" },
    build("span", { class: author === "resident" ? "unseen" : "name" }, name),
    time && build("time", { datetime: at }, time),
  );
}

function text(message) {
  return build("p", { class: "text" }, message.text || (message.author === "resident" ? texts.location : ""));
}

function deliveryText(entry) {
  if (entry.status === "sending") return texts.sending;
  if (entry.status === "refused") return entry.reason || texts.refused;
  const reason = entry.reason || (navigator.onLine ? "" : texts.offline);
  return reason ? `${texts.notSent} ${reason}` : texts.notSent;
}

function action(label, run) {
  return build("button", { type: "button", class: "plain", on: { click: run } }, label);
}

function picture(message, base) {
  const source = webAddress(message.image, base);
  return source && build("img", { src: source, alt: message.meta?.image_text || texts.picture, loading: "lazy" });
}

/** What stands above the text and what below: in danger the calls come first, small screens show no more at once. */
function buttons(message, urgent) {
  const all = message.buttons ?? [];
  return urgent ? [all.filter((one) => one.phone), all.filter((one) => !one.phone)] : [[], all];
}

function row(offered, page) {
  const shown = offered.map((button) => choice(button, page)).filter(Boolean);
  return shown.length > 0 ? build("div", { class: "choices" }, ...shown) : null;
}

function choice(button, page) {
  if (button.payload) {
    return build("button", { type: "button", class: "choice", on: { click: () => page.choose(button) } }, button.title);
  }
  if (button.phone) {
    const number = button.phone.replace(/[^+\d]/g, "");
    return build("a", { class: "choice call", href: `tel:${number}` }, button.title);
  }
  const url = webAddress(button.url, page.base);
  if (!url) return null;
  const label = build("span", { class: "unseen" }, ` ${texts.newWindow}`);
  return build("a", { class: "choice link", href: url, target: "_blank", rel: "noopener noreferrer" }, button.title, label);
}

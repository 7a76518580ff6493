import { bubble, entryBubble, settle } from "./bubble.js";
import { build } from "./build.js";
import { texts } from "./texts.js";

const NEAR_PX = 24;
const MARGIN_PX = 12;
const QUESTION_SHARE = 1 / 3; // of the height, that the question above a new answer may take

/**
 * The conversation as a live region: messages in the order of their ids, what is unsent below them. An id is shown
 * once, however often it arrives.
 */
export class Transcript {
  #shown = new Map(); // message id → element
  #unsent = new Map(); // client_id → element
  #atEnd = true;
  #heldAt = null;
  #anchor = null; // what stands at the top while the resident has not moved from a new answer

  /** @param {object} page what bubbles call: {base, choose, feedback, retry, edit} */
  constructor(page) {
    this.page = page;
    this.list = build("div", {
      class: "log",
      role: "log",
      "aria-live": "polite",
      "aria-label": texts.log,
      tabindex: "0",
    });
    this.jump = build("button", { type: "button", class: "jump", hidden: true, on: { click: () => this.#jump() } }, texts.jump);
    this.list.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.watcher = new ResizeObserver(() => this.#resized());
    this.watcher.observe(this.list);
  }

  /** While history is loading a screen reader stays silent: nothing of it is new. */
  history(loading) {
    this.list.setAttribute("aria-live", loading ? "off" : "polite");
    if (!loading) this.#toEnd();
  }

  message(message, clientId) {
    const id = String(message.id);
    const known = this.#shown.get(id);
    if (known) {
      if (message.author === "resident" && known.dataset.clientId) settle(known, message);
      return;
    }
    const empty = message.text === null && !message.image && !message.buttons?.length;
    if (empty) return; // erased at the gateway: only its place in the log is left
    const own = this.#unsent.get(clientId);
    if (own) return this.#settleUnsent(clientId, own, message);
    const element = bubble(message, this.page);
    this.#place(element, id);
    this.#follow(element);
  }

  entry(entry) {
    const element = entryBubble(entry, this.page);
    const before = this.#unsent.get(entry.clientId);
    this.#unsent.set(entry.clientId, element);
    const stay = before && !this.#atEnd;
    if (before) before.replaceWith(element);
    else this.list.append(element);
    if (!stay) this.#toEnd();
  }

  /** The gateway has taken the message; the stream may have shown it already. */
  sent(clientId, id) {
    const element = this.#unsent.get(clientId);
    if (!element) return;
    if (this.#shown.has(id)) return this.remove(clientId);
    this.#settleUnsent(clientId, element, { id });
  }

  remove(clientId) {
    this.#unsent.get(clientId)?.remove();
    this.#unsent.delete(clientId);
  }

  note(text) {
    this.list.insertBefore(build("p", { class: "note" }, text), this.#firstUnsent());
    this.#toEnd();
  }

  /** What belongs to a session that has ended stays readable, its buttons are dead. */
  seal() {
    for (const element of this.#shown.values()) {
      element.querySelectorAll("button.choice, .feedback").forEach((part) => part.remove());
    }
    this.#shown.clear();
  }

  clear() {
    this.list.querySelectorAll(".message, .note").forEach((element) => element.remove());
    this.#shown.clear();
    this.#unsent.clear();
    this.#scrolled();
  }

  #settleUnsent(clientId, element, message) {
    this.#unsent.delete(clientId);
    settle(element, message);
    this.#place(element, String(message.id));
  }

  #place(element, id) {
    const later = [...this.#shown].filter(([other]) => Number(other) > Number(id)).map(([, one]) => one);
    const next = later.length > 0 ? later.reduce((a, b) => (isBefore(a, b) ? a : b)) : this.#firstUnsent();
    this.#shown.set(id, element);
    if (element.nextElementSibling !== next || !element.isConnected) this.list.insertBefore(element, next);
  }

  #firstUnsent() {
    const unsent = [...this.#unsent.values()];
    return this.list.contains(unsent[0] ?? null) ? unsent[0] : null;
  }

  /** Shows the beginning of what is new to who was reading the end. */
  #follow(element) {
    if (!this.#atEnd && this.#heldAt === null) return this.#scrolled();
    this.#anchor = this.#beginning(element);
    this.#align();
  }

  /**
   * From where to read: in danger from the safety text; else from the question when it leaves room for the answer, or
   * from the first of the assistant's answers to it, or from the new message. What is above the view stays there.
   */
  #beginning(element) {
    const question = [...this.list.querySelectorAll(".message.resident")].pop();
    const first = question?.nextElementSibling;
    if (!first || element.classList.contains("urgent")) return element;
    const { scrollTop, clientHeight } = this.list;
    const inSight = (one) => one.offsetTop - MARGIN_PX >= scrollTop - NEAR_PX;
    const whole = element.offsetTop + element.offsetHeight - question.offsetTop + 2 * MARGIN_PX;
    const above = first.offsetTop - question.offsetTop;
    if (inSight(question) && (whole <= clientHeight || above <= clientHeight * QUESTION_SHARE)) return question;
    const goesOn = element.classList.contains("bot") && first.classList.contains("bot");
    return goesOn && inSight(first) ? first : element;
  }

  #align() {
    this.list.scrollTop = this.#anchor.offsetTop - MARGIN_PX;
    this.#heldAt = this.list.scrollTop;
    this.#scrolled();
  }

  /** A phone's keyboard, turned screens and the line above change the height: the resident goes on reading the same. */
  #resized() {
    if (this.#heldAt !== null && this.#anchor.isConnected) this.#align();
    else if (this.#atEnd && this.#shown.size > 0) this.#toEnd();
  }

  #jump() {
    this.list.focus({ preventScroll: true }); // the button is about to hide
    this.#toEnd();
  }

  #toEnd() {
    this.#heldAt = null;
    this.list.scrollTop = this.list.scrollHeight;
    this.#scrolled();
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.list;
    this.#atEnd = scrollHeight - clientHeight - scrollTop < NEAR_PX;
    if (this.#heldAt !== null && Math.abs(scrollTop - this.#heldAt) > NEAR_PX) this.#heldAt = null;
    this.jump.hidden = this.#atEnd;
  }
}

function isBefore(a, b) {
  return Boolean(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING);
}

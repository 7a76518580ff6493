import { build } from "./build.js";
import { texts } from "./texts.js";

const TYPING_MS = 6_000; // one typing signal holds so long
const ANSWER_MS = 30_000; // the gateway answers within 10 s; later than this the dots would promise too much
const GRACE_MS = 1_000; // a stream that is back at once is no news

/** What goes on around the messages: who is speaking, whether somebody writes, whether the connection holds. */
export class Status {
  #typingTimer = 0;
  #downTimer = 0;
  #silent = false;

  constructor() {
    this.banner = build("p", { class: "state", role: "status", hidden: true });
    const dots = build("span", { class: "dots", "aria-hidden": "true" }, build("i"), build("i"), build("i"));
    this.typing = build("p", { class: "typing", hidden: true }, `${texts.typing} `, dots);
    this.connection = build("p", { class: "connection", hidden: true });
    this.line = build("div", { class: "line", role: "status" }, this.typing, this.connection);
  }

  /** @param {{state: string, position?: number | null, wait_s?: number | null, operator?: string | null}} state */
  state({ state, position, wait_s: wait, operator }) {
    this.#silent = state === "human";
    this.banner.dataset.state = state;
    const waiting = [texts.waiting(position), wait ? texts.wait(wait) : ""].filter(Boolean).join(". ");
    const text = { waiting, human: texts.operator(operator) }[state] ?? "";
    // The same words again would be read aloud again.
    if (this.banner.textContent !== text) this.banner.textContent = text;
    this.banner.hidden = text === "";
  }

  /** A message has been taken. While a person owns the conversation only that person's typing tells of an answer. */
  awaitAnswer() {
    if (!this.#silent) this.#showTyping(ANSWER_MS);
  }

  someoneTypes() {
    this.#showTyping(TYPING_MS);
  }

  answered() {
    clearTimeout(this.#typingTimer);
    this.typing.hidden = true;
  }

  live() {
    clearTimeout(this.#downTimer);
    this.#downTimer = 0;
    this.connection.hidden = true;
    this.connection.textContent = "";
  }

  down() {
    this.#downTimer ||= setTimeout(() => {
      this.answered();
      this.connection.textContent = texts.reconnecting;
      this.connection.hidden = false;
    }, GRACE_MS);
  }

  reset() {
    this.live();
    this.answered();
    this.state({ state: "bot" });
  }

  #showTyping(duration) {
    clearTimeout(this.#typingTimer);
    this.typing.hidden = false;
    this.#typingTimer = setTimeout(() => this.answered(), duration);
  }
}

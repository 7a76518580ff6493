import { ApiError, ConnectionError } from "./api.js";

/**
 * Messages on their way, sent one after the other. An entry keeps its client_id over every retry and reload, so that
 * the gateway can tell a repetition from a second message.
 *
 * Entry: {clientId, body, text, after, status: "sending" | "failed" | "refused", reason}; `after` is the newest
 * message id when it was written.
 */
export class Outbox {
  #entries = [];
  #turn = Promise.resolve();

  /**
   * @param {import("./session-store.js").SessionStore} store
   * @param {(entry: any) => Promise<{message_id: string | number}>} post
   * @param {{changed: (entry: any) => void, sent: (entry: any, id: string) => void}} handlers
   */
  constructor(store, post, handlers) {
    this.store = store;
    this.post = post;
    this.handlers = handlers;
  }

  /** A second tap on a button whose first tap is still under way is no second message. */
  add(body, text, after) {
    const same = JSON.stringify(body);
    const tapped = !("text" in body);
    if (tapped && this.#entries.some((one) => one.status === "sending" && JSON.stringify(one.body) === same)) return;
    const entry = { clientId: newClientId(), body, text, after, status: "sending", reason: "" };
    this.#entries.push(entry);
    this.#enqueue(entry);
  }

  /** Takes up what an earlier visit of this tab left unsent. */
  restore() {
    this.#entries = this.store.unsent().map((entry) => ({ ...entry, status: "failed", reason: "" }));
    this.#entries.forEach((entry) => this.handlers.changed(entry));
  }

  retry(clientId) {
    const entry = this.#entries.find((one) => one.clientId === clientId && one.status === "failed");
    if (entry) this.#enqueue(entry);
  }

  retryAll() {
    this.#entries.filter((entry) => entry.status === "failed").forEach((entry) => this.#enqueue(entry));
  }

  /**
   * A resident's message has arrived on the stream: the entry that it is, when its acknowledgement is still under way
   * or got lost.
   */
  adopt(message) {
    const entry = this.#entries.find(
      ({ text, after, status }) => status !== "refused" && text === message.text && Number(message.id) > Number(after),
    );
    if (entry) this.#remove(entry);
    return entry ?? null;
  }

  drop(clientId) {
    const entry = this.#entries.find((one) => one.clientId === clientId);
    if (entry) this.#remove(entry);
  }

  clear() {
    this.#entries = [];
    this.#save();
  }

  #enqueue(entry) {
    entry.status = "sending";
    entry.reason = "";
    this.#save();
    this.handlers.changed(entry);
    const deliver = () => this.#deliver(entry);
    this.#turn = this.#turn.then(deliver, deliver);
  }

  async #deliver(entry) {
    if (!this.#entries.includes(entry)) return;
    try {
      const { message_id: id } = await this.post(entry);
      if (!this.#entries.includes(entry)) return;
      this.#remove(entry);
      this.handlers.sent(entry, String(id));
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof ConnectionError)) throw error;
      if (!this.#entries.includes(entry)) return;
      entry.status = mayRetry(error) ? "failed" : "refused";
      entry.reason = error instanceof ApiError ? error.message : "";
      this.#save();
      this.handlers.changed(entry);
    }
  }

  #remove(entry) {
    this.#entries = this.#entries.filter((one) => one !== entry);
    this.#save();
  }

  #save() {
    this.store.saveUnsent(this.#entries.filter((entry) => entry.status !== "refused"));
  }
}

function mayRetry(error) {
  return !(error instanceof ApiError) || error.status === 401 || error.status === 429 || error.status >= 500;
}

/** crypto.randomUUID exists only on https; a health station's intranet may be plain http. */
function newClientId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

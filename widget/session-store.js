/** Where a conversation is kept between two visits: the session for all tabs, unsent messages for this tab. */
export class SessionStore {
  #key;
  #memory = new Map();

  /** @param {string} base address of the gateway: each has its own session */
  constructor(base) {
    this.#key = `tin-cay-chat:${base}`;
  }

  /** @returns {{session_id: string, token: string, expires_at: string} | null} */
  session() {
    return this.#read("localStorage", "session");
  }

  saveSession(session) {
    this.#write("localStorage", "session", session);
  }

  /** Messages that were not acknowledged yet. */
  unsent() {
    return this.#read("sessionStorage", "unsent") ?? [];
  }

  saveUnsent(entries) {
    this.#write("sessionStorage", "unsent", entries.length > 0 ? entries : null);
  }

  largeType() {
    return this.#read("localStorage", "large") ?? false;
  }

  saveLargeType(large) {
    this.#write("localStorage", "large", large || null);
  }

  /** Whether a storage event tells that another tab has ended the session. */
  endedElsewhere(event) {
    return event.key === `${this.#key}:session` && event.newValue === null;
  }

  #read(area, name) {
    const key = `${this.#key}:${name}`;
    try {
      return JSON.parse(window[area].getItem(key));
    } catch (error) {
      this.#expectBlocked(error);
      return this.#memory.get(key) ?? null;
    }
  }

  #write(area, name, value) {
    const key = `${this.#key}:${name}`;
    try {
      if (value === null) window[area].removeItem(key);
      else window[area].setItem(key, JSON.stringify(value));
    } catch (error) {
      this.#expectBlocked(error);
      this.#memory.set(key, value);
    }
  }

  /** A browser may block or fill its storage, and a value may be damaged: then this visit is all there is. */
  #expectBlocked(error) {
    if (!(error instanceof DOMException || error instanceof SyntaxError)) throw error;
  }
}

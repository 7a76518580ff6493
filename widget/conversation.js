import { Connection } from "./connection.js";
import { Outbox } from "./outbox.js";

/**
 * One resident's conversation: session, messages on their way, live connection. Knows nothing of the page.
 *
 * A session is made with the first message, not with the first look at the page, so that who only reads leaves no
 * trace. `view` is told: entry(entry), sent(clientId, id, answered), message(message, clientId), state(state),
 * typing(), history(loading), live(), down(), ended(why) with why = "expired" | "elsewhere" | "erased".
 */
export class Conversation {
  #session = null;
  #opening = null;
  #connection = null;
  #newest = 0; // id of the newest message
  #answered = 0; // id of the newest message that is not the resident's
  #interrupted = true; // what is unsent goes out again when the connection is back

  /**
   * @param {import("./api.js").ChatApi} api
   * @param {import("./session-store.js").SessionStore} store
   */
  constructor(api, store, view) {
    this.api = api;
    this.store = store;
    this.view = view;
    this.outbox = new Outbox(store, (entry) => this.#post(entry), {
      changed: (entry) => view.entry(entry),
      sent: (entry, id) => view.sent(entry.clientId, id, this.#answered > Number(id)),
    });
  }

  /** Goes on where an earlier visit stopped. */
  resume() {
    const stored = this.store.session();
    this.outbox.restore();
    if (stored && Date.parse(stored.expires_at) <= Date.now()) {
      this.#leave();
      this.view.ended("expired");
    } else if (stored) {
      this.#enter(stored, { history: true });
      return; // what is unsent follows once the connection is live: until then it may prove to have arrived
    }
    this.outbox.retryAll();
  }

  /** @param {{text: string} | {payload: string} | {location: {lat: number, lng: number}}} body */
  send(body, text) {
    this.outbox.add(body, text, this.#newest);
  }

  /** @param {"up" | "down"} value */
  async feedback(messageId, value, reason = "") {
    await this.api.feedback((await this.#open()).token, messageId, value, reason);
  }

  /** Erases the conversation at the gateway, then here. A session that has already ended counts as erased. */
  async erase() {
    const session = this.#session ?? this.store.session();
    if (session) {
      try {
        await this.api.erase(session.token);
      } catch (error) {
        if (error.status !== 401) throw error;
      }
    }
    this.outbox.clear();
    this.#leave();
    this.view.ended("erased");
  }

  /** Another tab has ended the session that both used. */
  endedElsewhere() {
    if (!this.#session) return;
    this.outbox.clear();
    this.#drop();
    this.view.ended("elsewhere");
  }

  hurry() {
    this.#connection?.hurry();
  }

  close() {
    this.#drop();
  }

  async #post(entry) {
    const session = await this.#open();
    try {
      return await this.api.send(session.token, entry.clientId, entry.body);
    } catch (error) {
      if (error.status !== 401) throw error;
      this.#expire(session);
      return this.api.send((await this.#open()).token, entry.clientId, entry.body);
    }
  }

  /** The session, made when there is none; those who ask at the same time get the same. */
  #open() {
    if (this.#session) return this.#session;
    this.#opening ??= this.#begin().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #begin() {
    const stored = this.store.session();
    const session = stored ?? (await this.api.createSession());
    if (!stored) this.store.saveSession(session);
    this.#enter(session, { history: stored !== null });
    return session;
  }

  #enter(session, { history }) {
    this.#session = session;
    this.#interrupted = history;
    const connection = new Connection(this.api, session.token, {
      message: (message) => this.#take(message),
      state: (state) => this.view.state(state),
      typing: () => this.view.typing(),
      history: (loading) => this.view.history(loading),
      live: () => this.#live(),
      down: () => this.#down(),
      expired: () => this.#expire(session),
    });
    this.#connection?.stop();
    this.#connection = connection;
    void connection.start({ history });
  }

  #take(message) {
    const clientId = message.author === "resident" ? (this.outbox.adopt(message)?.clientId ?? null) : null;
    this.#newest = Math.max(this.#newest, Number(message.id) || 0);
    if (message.author !== "resident") this.#answered = this.#newest;
    this.view.message(message, clientId);
  }

  #live() {
    this.view.live();
    if (this.#interrupted) this.outbox.retryAll();
    this.#interrupted = false;
  }

  #down() {
    this.#interrupted = true;
    this.view.down();
  }

  #expire(session) {
    if (this.#session !== session) return;
    this.#leave();
    this.view.ended("expired");
  }

  #leave() {
    this.store.saveSession(null);
    this.#drop();
  }

  #drop() {
    this.#connection?.stop();
    this.#connection = null;
    this.#session = null;
    this.#newest = 0;
    this.#answered = 0;
  }
}

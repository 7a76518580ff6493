import { ApiError, ConnectionError } from "./api.js";
import { readEvents } from "./events.js";

const FIRST_BYTE_MS = 10_000; // the gateway sends the state at once; silence means a proxy that holds streams back
const SILENCE_MS = 40_000; // the gateway pings every 15 s
const STABLE_MS = 5_000;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const NO_STREAMS = [404, 405, 406, 501];

/**
 * Keeps one conversation up to date: event stream, long polling where streams do not pass, back-off between attempts.
 *
 * `handlers`: message(message), state(state), typing(), history(loading), live(), down(), expired().
 */
export class Connection {
  #polling = false;
  #failures = 0;
  #wake = () => {};

  /** @param {import("./api.js").ChatApi} api */
  constructor(api, token, handlers) {
    this.api = api;
    this.token = token;
    this.handlers = handlers;
    this.cursor = "0";
    this.stopping = new AbortController();
  }

  /** @param {{history: boolean}} options history: first fetch what was said before */
  async start({ history }) {
    let caughtUp = !history;
    while (!this.stopping.signal.aborted) {
      const begun = performance.now();
      try {
        if (!caughtUp) await this.#catchUp();
        caughtUp = true;
        await (this.#polling ? this.#poll() : this.#stream());
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        if (!(error instanceof ApiError || error instanceof ConnectionError)) throw error;
        if (error.status === 401) return this.handlers.expired();
      }
      if (this.stopping.signal.aborted) return;
      this.#failures = performance.now() - begun > STABLE_MS ? 0 : this.#failures + 1;
      this.handlers.down();
      await this.#pause();
    }
  }

  stop() {
    this.stopping.abort();
    this.#wake();
  }

  /** Ends a pause between two attempts: the network is back, or the page is looked at again. */
  hurry() {
    this.#wake();
  }

  async #catchUp() {
    this.handlers.history(true);
    try {
      while ((await this.#fetchMessages(false)) > 0);
    } finally {
      this.handlers.history(false);
    }
  }

  async #poll() {
    while (!this.stopping.signal.aborted) {
      await this.#fetchMessages(true);
      this.handlers.live();
    }
  }

  async #fetchMessages(wait) {
    const answer = await this.api.messages(this.token, this.cursor, { wait, signal: this.stopping.signal });
    const messages = answer.messages ?? [];
    messages.forEach((message) => this.#take(message, message.id));
    if (answer.state) this.handlers.state(answer.state);
    return messages.length;
  }

  async #stream() {
    const attempt = new AbortController();
    const stop = () => attempt.abort();
    this.stopping.signal.addEventListener("abort", stop, { once: true });
    let heard = false;
    let timer = setTimeout(stop, FIRST_BYTE_MS);
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(stop, SILENCE_MS);
      if (!heard) this.handlers.live();
      heard = true;
    };
    try {
      await this.#follow(attempt.signal, alive);
    } catch (error) {
      if ((attempt.signal.aborted && !heard) || NO_STREAMS.includes(error.status)) this.#polling = true;
      throw error;
    } finally {
      clearTimeout(timer);
      stop();
      this.stopping.signal.removeEventListener("abort", stop);
    }
  }

  async #follow(signal, alive) {
    const response = await this.api.events(this.token, this.cursor, signal);
    if (!response.body) throw new ApiError(406);
    for await (const { type, id, data } of readEvents(response.body, alive)) {
      if (type === "typing") this.handlers.typing();
      else if (type === "state") this.handlers.state(data);
      else if (type === "message") this.#take(data, id ?? data.id);
    }
  }

  #take(message, cursor) {
    this.handlers.message(message);
    this.cursor = String(cursor);
  }

  /** Doubling pauses, between half and all of their length at random so that a thousand pages do not return at once. */
  #pause() {
    const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, this.#failures - 1));
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, longest * (0.5 + Math.random() / 2));
      this.#wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }
}

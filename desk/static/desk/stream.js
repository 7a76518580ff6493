// The event stream: resumes behind the last row that it told, also after the server refused or restarted.

const AGAIN_MS = 2000;

export class Stream {
  #address;
  #cursor;
  #listeners;
  #source = null;
  #stopped = false;

  constructor(address, cursor, listeners) {
    this.#address = address;
    this.#cursor = cursor;
    this.#listeners = listeners;
  }

  start() {
    if (this.#stopped) return;
    const source = new EventSource(`${this.#address}?after=${encodeURIComponent(this.#cursor)}`);
    this.#source = source;
    source.addEventListener("open", () => this.#listeners.onBack());
    source.addEventListener("ledger", (event) => {
      this.#cursor = event.lastEventId;
      this.#listeners.onChange(JSON.parse(event.data));
    });
    source.addEventListener("ended", () => {
      this.stop();
      this.#listeners.onEnded();
    });
    source.addEventListener("error", () => {
      if (this.#stopped) return;
      this.#listeners.onLost();
      // The browser gives up by itself when the answer was no stream (server away behind a proxy, session ended).
      if (source.readyState === EventSource.CLOSED) {
        this.#listeners.onChange({ conversations: [], all: true });
        setTimeout(() => this.start(), AGAIN_MS);
      }
    });
  }

  stop() {
    this.#stopped = true;
    this.#source?.close();
  }
}

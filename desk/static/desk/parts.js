// Parts of the page that renew themselves: [data-part] names the address, [data-watch] whose news concern it.

const SETTLE_MS = 60;
const UNSETTLED_MS = 5000;

export class Parts {
  #listeners;
  #due = new Set();
  #timer = null;
  #busy = false;

  constructor(listeners) {
    this.#listeners = listeners;
  }

  // Besides news: waits grow (data-every, seconds), and a delivery's progress makes no row in the log.
  start() {
    for (const part of document.querySelectorAll("[data-every]")) {
      setInterval(() => this.#renew([part]), Number(part.dataset.every) * 1000);
    }
    setInterval(() => {
      const open = document.querySelector("[data-unsettled]");
      if (open) this.#renew([open.closest("[data-part]")].filter(Boolean));
    }, UNSETTLED_MS);
  }

  renewAll() {
    this.#renew(document.querySelectorAll("[data-part]"));
  }

  renewFor(conversations) {
    const concerned = [...document.querySelectorAll("[data-part]")].filter(
      (part) => part.dataset.watch === "*" || conversations.includes(part.dataset.watch),
    );
    this.#renew(concerned);
  }

  #renew(parts) {
    for (const part of parts) this.#due.add(part);
    this.#timer ??= setTimeout(() => this.#run(), SETTLE_MS);
  }

  async #run() {
    this.#timer = null;
    if (this.#busy) {
      this.#renew([]);
      return;
    }
    this.#busy = true;
    const parts = [...this.#due];
    this.#due.clear();
    await Promise.all(parts.map((part) => this.#fetch(part)));
    this.#busy = false;
    this.#listeners.onRenewed();
  }

  async #fetch(part) {
    let answer;
    try {
      answer = await fetch(part.dataset.part, { headers: { "X-Desk": "1" }, cache: "no-store" });
    } catch {
      return; // away: the stream notices too and asks for everything when it is back
    }
    if (answer.status === 401) {
      this.#listeners.onLoggedOut((await answer.json()).login);
      return;
    }
    if (answer.ok) show(part, await answer.text());
  }
}

function show(part, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  if (part.dataset.list === undefined) {
    replace(part, fresh.content);
  } else {
    merge(part, fresh.content);
  }
}

// Keeps the focus where it was, when what had it is still there.
function replace(part, content) {
  const before = document.createElement("div");
  before.append(content.cloneNode(true));
  if (withoutTokens(before.innerHTML) === withoutTokens(part.innerHTML)) return;
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  part.replaceChildren(content);
  if (focused) document.getElementById(focused)?.focus();
}

// Every answer carries another mask of the same CSRF token; that alone is no news (a screen reader would read on).
function withoutTokens(html) {
  return html.replace(/name="csrfmiddlewaretoken" value="[^"]*"/g, "").replace(/ hidden=""/g, "");
}

// A list by data-key: unchanged lines stay as they are, so that a screen reader reads the new ones only.
function merge(part, content) {
  const atEnd = part.scrollHeight - part.scrollTop - part.clientHeight < 60;
  const known = new Map([...part.children].map((line) => [line.dataset.key, line]));
  let grown = false;
  let previous = null;
  for (const line of [...content.children]) {
    const old = known.get(line.dataset.key);
    let shown = old;
    if (!old) {
      shown = line;
      grown = true;
    } else if (old.outerHTML !== line.outerHTML) {
      old.replaceWith(line);
      shown = line;
    }
    known.delete(line.dataset.key);
    const place = previous ? previous.nextElementSibling : part.firstElementChild;
    if (shown !== place) part.insertBefore(shown, place);
    previous = shown;
  }
  for (const gone of known.values()) gone.remove();
  if (grown) part.dispatchEvent(new CustomEvent("grown", { detail: { atEnd } }));
}

// What an operator is writing in a conversation, kept in the browser until it is sent: a logout, an expired session or a
// closed window does not lose it. The name holds the operator, so that whoever logs in next is not shown it.

const PREFIX = "desk-draft:";
const LASTS_MS = 24 * 3600 * 1000; // words about a resident do not stay in a shared browser

export class Draft {
  #name;

  constructor(operator, conversation) {
    this.#name = `${PREFIX}${operator}:${conversation}`;
    forgetOld();
  }

  read() {
    return parsed(localStorage.getItem(this.#name))?.text ?? "";
  }

  keep(text) {
    if (text) localStorage.setItem(this.#name, JSON.stringify({ text, at: Date.now() }));
    else localStorage.removeItem(this.#name);
  }
}

function forgetOld() {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(PREFIX)) continue;
    const at = parsed(localStorage.getItem(name))?.at ?? 0;
    if (Date.now() - at > LASTS_MS) localStorage.removeItem(name);
  }
}

function parsed(value) {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

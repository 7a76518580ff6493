/** The gateway's web-chat API. */

const TIMEOUT_MS = 20_000;
const POLL_WAIT_S = 25;

/** The gateway answered, but not with success. `message` is Vietnamese when the gateway sent one, else empty. */
export class ApiError extends Error {
  constructor(status, message = "") {
    super(message);
    this.status = status;
  }
}

/** The gateway was not reached, or the answer broke off. */
export class ConnectionError extends Error {}

export class ChatApi {
  /** @param {string} base address that `/chat/v1/…` is appended to */
  constructor(base) {
    this.base = base.replace(/\/+$/, "");
  }

  /** @returns {Promise<{session_id: string, token: string, expires_at: string}>} */
  createSession() {
    return this.#json("POST", "/sessions", { body: {} });
  }

  /** @returns {Promise<{message_id: string | number}>} the same client_id and body twice is one message */
  send(token, clientId, body) {
    return this.#json("POST", "/messages", { token, body: { client_id: clientId, ...body } });
  }

  /** Messages after a cursor, oldest first; waits for one up to 25 s when asked to. */
  messages(token, after, { wait = false, signal = null } = {}) {
    const query = new URLSearchParams({ after: String(after), ...(wait && { wait: String(POLL_WAIT_S) }) });
    return this.#json("GET", `/messages?${query}`, { token, signal, timeout: TIMEOUT_MS + POLL_WAIT_S * 1000 });
  }

  /** @returns {Promise<Response>} an open event stream that begins after the cursor */
  async events(token, after, signal) {
    const headers = { Accept: "text/event-stream", "Last-Event-ID": String(after) };
    const response = await this.#fetch("GET", "/events", { token, headers, signal });
    if (response.ok) return response;
    throw await refusal(response);
  }

  feedback(token, messageId, value, reason) {
    const body = reason ? { value, reason } : { value };
    return this.#json("POST", `/messages/${encodeURIComponent(messageId)}/feedback`, { token, body });
  }

  erase(token) {
    return this.#json("DELETE", "/session", { token });
  }

  async #json(method, path, { token = null, body = null, signal = null, timeout = TIMEOUT_MS }) {
    const deadline = new AbortController();
    const stop = () => deadline.abort();
    const timer = setTimeout(stop, timeout);
    signal?.addEventListener("abort", stop, { once: true });
    try {
      const response = await this.#fetch(method, path, { token, body, signal: deadline.signal });
      if (!response.ok) throw await refusal(response);
      return await readJson(response);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    }
  }

  async #fetch(method, path, { token, body = null, headers = {}, signal }) {
    const request = { method, headers: { ...headers }, signal, cache: "no-store", credentials: "omit" };
    if (token) request.headers.Authorization = `Bearer ${token}`;
    if (body) {
      request.headers["Content-Type"] = "application/json";
      request.body = JSON.stringify(body);
    }
    try {
      return await fetch(`${this.base}/chat/v1${path}`, request);
    } catch (error) {
      throw new ConnectionError(`${method} ${path} did not reach the gateway`, { cause: error });
    }
  }
}

async function refusal(response) {
  const body = await readJson(response);
  return new ApiError(response.status, typeof body.message === "string" ? body.message : "");
}

/** @returns {Promise<any>} the JSON object; {} for an empty answer or a proxy's HTML page */
async function readJson(response) {
  let text;
  try {
    text = await response.text();
  } catch (error) {
    throw new ConnectionError("the answer broke off", { cause: error });
  }
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

import { ConnectionError } from "./api.js";

/**
 * Reads server-sent events from a fetch body (EventSource cannot send the Authorization header).
 *
 * @param {ReadableStream<Uint8Array>} body
 * @param {() => void} alive called at every piece that arrives, comments too
 * @yields {{type: string, id: string | null, data: any}} data is the parsed JSON
 * @throws {ConnectionError} the stream broke off or is damaged; a stream that the server ends just ends
 */
export async function* readEvents(body, alive) {
  const lines = new LineBuffer();
  let event = blankEvent();
  for await (const piece of pieces(body)) {
    alive();
    for (const line of lines.add(piece)) {
      if (line !== "") {
        takeField(event, line);
      } else {
        if (event.data.length > 0) yield { ...event, data: parse(event.data.join("\n")) };
        event = blankEvent();
      }
    }
  }
}

function blankEvent() {
  return { type: "message", id: null, data: [] };
}

function takeField(event, line) {
  const colon = line.indexOf(":");
  if (colon === 0) return;
  const name = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
  if (name === "data") event.data.push(value);
  else if (name === "event") event.type = value;
  else if (name === "id") event.id = value;
}

function parse(data) {
  try {
    return JSON.parse(data);
  } catch (error) {
    throw new ConnectionError("an event holds no JSON", { cause: error });
  }
}

async function* pieces(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } catch (error) {
    throw new ConnectionError("the event stream broke off", { cause: error });
  } finally {
    reader.releaseLock();
  }
}

class LineBuffer {
  #rest = "";

  /** @returns {string[]} the lines that are complete now */
  add(piece) {
    this.#rest += piece;
    // A carriage return at the very end may be the first half of a CRLF: it waits for the next piece.
    const held = this.#rest.endsWith("\r") ? "\r" : "";
    const lines = this.#rest.slice(0, this.#rest.length - held.length).split(/\r\n|\n|\r/);
    this.#rest = lines.pop() + held;
    return lines;
  }
}

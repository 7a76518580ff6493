import { build } from "./build.js";
import { texts } from "./texts.js";

const LIMIT = 2000;
const COUNT_FROM = 1800;
const ENTER_WHILE_COMPOSING = 229; // Safari ends a composition before the Enter that closed it
const LOCATE = { timeout: 15_000, maximumAge: 0 }; // who sends it again has moved on, or was told a wrong place
const DECIMALS = 4; // about 11 m: enough for the nearest vaccination site

/** Where the resident writes. `send(body, text)` gets what goes to the gateway and what the bubble shows. */
export class Composer {
  /** @param {(body: any, text: string) => void} send */
  constructor(send) {
    this.send = send;
    this.field = build("textarea", {
      id: "question",
      rows: 1,
      placeholder: texts.placeholder,
      "aria-describedby": "counter",
      enterkeyhint: "send",
      autocomplete: "off",
      on: { input: () => this.#changed(), keydown: (event) => this.#key(event) },
    });
    this.button = build("button", { type: "submit", class: "send" }, texts.send);
    this.counter = build("p", { id: "counter", class: "counter", role: "status" });
    this.locate = build("button", { type: "button", class: "plain locate", on: { click: () => this.#locate() } });
    this.#locating(false);
    this.element = this.#form();
  }

  /** Puts a refused text back for another try. */
  edit(text) {
    this.field.value = text;
    this.#changed();
    this.field.focus();
  }

  #form() {
    const submit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    return build(
      "form",
      { class: "composer", on: { submit } },
      build("label", { for: "question", class: "unseen" }, texts.question),
      build("div", { class: "entry" }, this.field, this.button),
      build("div", { class: "below" }, this.locate, this.counter),
    );
  }

  #text() {
    return this.field.value.normalize("NFC").trim();
  }

  #submit() {
    const text = this.#text();
    if (text === "" || lengthOf(text) > LIMIT) return this.field.focus();
    this.send({ text }, text);
    this.field.value = "";
    this.#changed();
  }

  /** Enter sends, Shift+Enter makes a line; the Enter that ends a Telex or VNI composition does neither. */
  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (event.keyCode === ENTER_WHILE_COMPOSING) return;
    event.preventDefault();
    this.#submit();
  }

  #changed() {
    const length = lengthOf(this.#text());
    const excess = length - LIMIT;
    this.counter.classList.toggle("over", excess > 0);
    this.field.setAttribute("aria-invalid", String(excess > 0));
    this.button.setAttribute("aria-disabled", String(excess > 0));
    if (excess > 0) this.counter.textContent = texts.tooLong(excess);
    else this.counter.textContent = length >= COUNT_FROM ? texts.counter(length, LIMIT) : "";
    this.field.style.height = "auto";
    const border = this.field.offsetHeight - this.field.clientHeight;
    this.field.style.height = `${this.field.scrollHeight + border}px`;
  }

  #locating(busy) {
    this.locate.setAttribute("aria-disabled", String(busy));
    this.locate.replaceChildren(
      build("span", { "aria-hidden": "true" }, "📍 "),
      busy ? texts.locating : texts.shareLocation,
    );
  }

  #locate() {
    if (this.locate.getAttribute("aria-disabled") === "true") return;
    this.#say("");
    if (!navigator.geolocation) return this.#say(texts.locationErrors.unavailable);
    this.#locating(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        this.#locating(false);
        const [lat, lng] = [coords.latitude, coords.longitude].map((degrees) => Number(degrees.toFixed(DECIMALS)));
        this.send({ location: { lat, lng } }, texts.location);
      },
      ({ code, PERMISSION_DENIED }) => {
        this.#locating(false);
        this.#say(code === PERMISSION_DENIED ? texts.locationErrors.denied : texts.locationErrors.unavailable);
      },
      LOCATE,
    );
  }

  #say(text) {
    this.counter.textContent = text;
  }
}

/** Characters as the gateway counts them: code points, so that an emoji of one code point is one. */
function lengthOf(text) {
  return [...text].length;
}

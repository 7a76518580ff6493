import { ApiError, ConnectionError } from "./api.js";
import { build } from "./build.js";
import { texts } from "./texts.js";

/** "Tùy chọn": larger type, and erasing with a question first. */
export class Menu {
  /** @param {{erase: () => Promise<void>, largeType: (large: boolean) => void, large: boolean}} page */
  constructor({ erase, largeType, large }) {
    this.erase = erase;
    this.dialog = this.#question();
    this.large = this.#item(texts.largeType, () => {
      const now = this.large.getAttribute("aria-pressed") !== "true";
      this.large.setAttribute("aria-pressed", String(now));
      largeType(now);
    });
    this.large.setAttribute("aria-pressed", String(large));
    const askToErase = this.#item(texts.erase, () => this.#ask());
    this.items = build("div", { class: "items", id: "menu-items", hidden: true }, this.large, askToErase);
    this.button = build(
      "button",
      {
        type: "button",
        class: "menu-button",
        "aria-expanded": "false",
        "aria-controls": "menu-items",
        on: { click: () => this.#open(this.items.hidden) },
      },
      texts.menu,
    );
    const on = { keydown: (event) => this.#key(event), focusout: (event) => this.#left(event) };
    this.element = build("div", { class: "menu", on }, this.button, this.items);
  }

  #item(label, run) {
    return build("button", { type: "button", class: "item", on: { click: run } }, label);
  }

  #open(open) {
    this.items.hidden = !open;
    if (open) document.addEventListener("pointerdown", (event) => this.#pressed(event), { once: true });
    this.button.setAttribute("aria-expanded", String(open));
  }

  #key(event) {
    if (event.key !== "Escape" || this.items.hidden) return;
    this.#open(false);
    this.button.focus();
  }

  #left(event) {
    if (event.relatedTarget && !this.element.contains(event.relatedTarget)) this.#open(false);
  }

  #pressed(event) {
    if (!event.composedPath().includes(this.element)) this.#open(false);
  }

  #ask() {
    this.#open(false);
    this.failure.textContent = "";
    this.dialog.showModal();
  }

  #question() {
    this.failure = build("p", { class: "failure", role: "alert" });
    const close = () => this.dialog.close();
    const actions = build(
      "div",
      { class: "actions" },
      build("button", { type: "button", class: "secondary", autofocus: true, on: { click: close } }, texts.eraseCancel),
      build("button", { type: "button", class: "danger", on: { click: () => this.#erase() } }, texts.eraseConfirm),
    );
    return build(
      "dialog",
      { "aria-labelledby": "erase-title", "aria-describedby": "erase-text", on: { close: () => this.button.focus() } },
      build("h3", { id: "erase-title" }, texts.eraseTitle),
      build("p", { id: "erase-text" }, texts.eraseText),
      this.failure,
      actions,
    );
  }

  async #erase() {
    try {
      await this.erase();
      this.dialog.close();
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof ConnectionError)) throw error;
      this.failure.textContent = error instanceof ApiError && error.message ? error.message : texts.eraseFailed;
    }
  }
}

import { ChatApi } from "./api.js";
import { build } from "./build.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { Menu } from "./menu.js";
import { SessionStore } from "./session-store.js";
import { Status } from "./status.js";
import { texts } from "./texts.js";
import { Transcript } from "./transcript.js";

/**
 * `<tin-cay-chat api="https://…" title="…" notice="…">`: the assistant's chat, filling the box that the page gives it.
 * All attributes are optional; without `api` the page's own origin is asked. Event `asked`: the resident has sent something.
 */
class TinCayChat extends HTMLElement {
  static observedAttributes = ["title", "notice"];

  #built = false;
  #listening = new AbortController();

  connectedCallback() {
    if (!this.#built) this.#buildPage();
    this.#built = true;
    this.#describe();
    this.#listen();
    this.conversation.resume();
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.conversation.close();
    this.transcript.clear();
  }

  attributeChangedCallback() {
    if (this.#built) this.#describe();
  }

  #buildPage() {
    const base = new URL(this.getAttribute("api") ?? "", window.location.origin).href;
    this.store = new SessionStore(base);
    this.status = new Status();
    this.transcript = new Transcript(this.#bubbleCalls(base));
    this.conversation = new Conversation(new ChatApi(base), this.store, this.#view());
    this.composer = new Composer((body, text) => this.conversation.send(body, text));
    this.menu = new Menu({
      erase: () => this.conversation.erase(),
      largeType: (large) => this.#largeType(large),
      large: this.store.largeType(),
    });
    this.#layOut();
    this.#largeType(this.store.largeType());
  }

  #layOut() {
    this.heading = build("h2");
    this.notice = build("p", { class: "notice" });
    this.intro = this.#introduction();
    this.transcript.list.append(this.intro);
    // title="" keeps the browser from showing the host's title as a tooltip over every message.
    this.chat = build(
      "section",
      { class: "chat", title: "", hidden: true },
      build("header", {}, build("div", {}, this.heading, build("p", {}, texts.subtitle)), this.menu.element),
      this.notice,
      this.status.banner,
      build("div", { class: "scroll" }, this.transcript.list, this.transcript.jump),
      this.status.line,
      this.composer.element,
      this.menu.dialog,
    );
    const show = () => (this.chat.hidden = false);
    const style = new URL("./style.css", import.meta.url).href;
    const sheet = build("link", { rel: "stylesheet", href: style, on: { load: show, error: show } });
    this.attachShadow({ mode: "open" }).append(sheet, this.chat);
  }

  #introduction() {
    const ask = (text) => {
      this.transcript.list.focus({ preventScroll: true }); // the starters are about to hide
      this.conversation.send({ text }, text);
    };
    const starter = (text) => build("button", { type: "button", class: "choice", on: { click: () => ask(text) } }, text);
    this.starters = build(
      "div",
      { class: "choices", role: "group", "aria-label": texts.starterLabel },
      ...texts.starters.map(starter),
    );
    return build(
      "div",
      { class: "intro" },
      build("p", {}, texts.greeting),
      build("p", { class: "privacy" }, texts.privacy),
      this.starters,
    );
  }

  #bubbleCalls(base) {
    return {
      base,
      choose: (button) => this.conversation.send({ payload: button.payload }, button.title),
      feedback: (id, value, reason) => this.conversation.feedback(id, value, reason),
      retry: (clientId) => {
        this.transcript.list.focus({ preventScroll: true }); // the button that had the focus is about to go
        this.conversation.outbox.retry(clientId);
      },
      edit: (entry) => {
        this.conversation.outbox.drop(entry.clientId);
        this.transcript.remove(entry.clientId);
        this.composer.edit(entry.text);
      },
    };
  }

  #view() {
    return {
      entry: (entry) => {
        this.starters.hidden = true;
        this.dispatchEvent(new CustomEvent("asked")); // first: the page may give the chat another height
        this.transcript.entry(entry);
      },
      sent: (clientId, id, answered) => {
        this.transcript.sent(clientId, id);
        if (!answered) this.status.awaitAnswer();
      },
      message: (message, clientId) => {
        this.starters.hidden = true;
        this.transcript.message(message, clientId);
        if (message.author !== "resident") this.status.answered();
        else if (clientId) this.status.awaitAnswer();
      },
      state: (state) => this.status.state(state),
      typing: () => this.status.someoneTypes(),
      history: (loading) => this.transcript.history(loading),
      live: () => this.status.live(),
      down: () => this.status.down(),
      ended: (why) => this.#ended(why),
    };
  }

  #ended(why) {
    this.status.reset();
    if (why === "expired") {
      this.transcript.seal();
      return this.transcript.note(texts.expired);
    }
    this.transcript.clear();
    this.starters.hidden = false;
    this.transcript.note(why === "erased" ? texts.erased : texts.endedElsewhere);
  }

  #largeType(large) {
    this.chat.classList.toggle("large", large);
    this.store.saveLargeType(large);
  }

  #describe() {
    const title = this.getAttribute("title") || texts.title;
    this.heading.textContent = title;
    this.chat.setAttribute("aria-label", title);
    this.notice.textContent = this.getAttribute("notice") ?? "";
    this.notice.hidden = this.notice.textContent === "";
  }

  #listen() {
    this.#listening = new AbortController();
    const options = { signal: this.#listening.signal };
    const hurry = () => document.visibilityState === "visible" && this.conversation.hurry();
    window.addEventListener("online", hurry, options);
    document.addEventListener("visibilitychange", hurry, options);
    window.addEventListener(
      "storage",
      (event) => this.store.endedElsewhere(event) && this.conversation.endedElsewhere(),
      options,
    );
  }
}

customElements.define("tin-cay-chat", TinCayChat);

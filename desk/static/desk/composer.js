// The reply form: sends without leaving the page, and never loses what was written.

import { Draft } from "./draft.js";

const NEAR_END = 200; // characters left from which on the count turns red

export function startComposer(form) {
  return form ? new Composer(form) : null;
}

class Composer {
  #form;
  #field;
  #count;
  #problem;
  #draft;
  #loggedOut = () => {};
  #sent = () => {};
  #sending = false;

  constructor(form) {
    this.#form = form;
    this.#field = form.querySelector("textarea");
    this.#count = form.querySelector("#dem");
    this.#problem = form.querySelector(".problem");
    this.#draft = new Draft(form.dataset.writer, form.dataset.conversation);
    this.#offerDraft();
    this.#field.addEventListener("input", () => this.#keep());
    form.elements.picture.addEventListener("change", () => this.#showPicture());
    this.#field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#followTranscript();
    this.#showCount();
    if (!form.hidden) this.#field.focus({ preventScroll: true });
  }

  onLoggedOut(listener) {
    this.#loggedOut = listener;
  }

  onSent(listener) {
    this.#sent = listener;
  }

  // Follows the panel: only the owner may write, and only while the channel lets us; what was written stays on the
  // screen when the claim has ended.
  look() {
    const panel = document.querySelector("[data-mine]");
    // Another operator has logged in in another window: these words are kept for their writer, and not shown any more.
    if (panel && panel.dataset.reader !== this.#form.dataset.writer) return location.reload();
    const mine = panel?.dataset.mine === "yes";
    const closed = panel?.dataset.closed ?? "";
    const written = this.#field.value.trim() !== "";
    this.#form.hidden = !mine && !written;
    this.#form.querySelector("[type=submit]").disabled = !mine || closed !== "" || this.#sending;
    if (!mine && written) this.#say("Bạn không còn giữ cuộc này. Chữ của bạn vẫn còn ở đây.");
    if (mine && this.#problem.dataset.kind !== "answer") this.#say(closed);
  }

  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    this.look();
    try {
      await this.#post();
    } catch {
      this.#say("Chưa gửi được, máy chủ không trả lời. Bạn bấm Gửi lại; chữ vẫn còn.", "answer");
    }
    this.#sending = false;
    this.look();
  }

  async #post() {
    let answer = await this.#request();
    // A login in another window gives a new token; the panel always carries the present one.
    if (answer.status === 403 && (await this.#renewToken())) answer = await this.#request();
    if (answer.status === 401) {
      this.#say("Phiên làm việc đã hết, câu trả lời chưa gửi. Bạn đăng nhập lại; chữ vẫn còn.", "answer");
      this.#loggedOut((await answer.json()).login);
      return;
    }
    if (answer.status === 403) {
      this.#say("Phiên làm việc đã đổi. Bạn tải lại trang rồi gửi lại; chữ vẫn còn.", "answer");
      return;
    }
    if (!answer.ok && answer.status !== 409) throw new Error(`status ${answer.status}`);
    const { problem, reply_id: next } = await answer.json();
    if (problem) {
      this.#say(problem, "answer");
      return;
    }
    this.#form.elements.reply_id.value = next;
    this.#field.value = "";
    this.#form.elements.picture.value = "";
    this.#showPicture();
    this.#keep();
    this.#say("");
    this.#field.focus();
    this.#sent();
  }

  #request() {
    const body = new FormData(this.#form);
    return fetch(this.#form.action, { method: "POST", body, headers: { "X-Desk": "1" } });
  }

  async #renewToken() {
    const panel = await fetch(document.getElementById("trang-thai").dataset.part, { headers: { "X-Desk": "1" } });
    if (!panel.ok) return false;
    const parsed = new DOMParser().parseFromString(await panel.text(), "text/html");
    const token = parsed.querySelector("[name=csrfmiddlewaretoken]");
    if (token) this.#form.elements.csrfmiddlewaretoken.value = token.value;
    return token !== null;
  }

  #keep() {
    this.#draft.keep(this.#field.value);
    this.#form.querySelector("#viet-do").textContent = "";
    this.#showCount();
  }

  #offerDraft() {
    const written = this.#draft.read();
    if (this.#field.value || !written) return;
    this.#field.value = written;
    this.#form.querySelector("#viet-do").textContent = "Câu bạn viết dở lần trước, chưa gửi.";
  }

  #showPicture() {
    this.#form.querySelector("#ten-anh").textContent = this.#form.elements.picture.files[0]?.name ?? "";
  }

  #showCount() {
    const left = Number(this.#field.dataset.longest) - [...this.#field.value.trim()].length;
    this.#count.textContent = left < 0 ? `Dài quá ${-left} ký tự` : `Còn ${left.toLocaleString("vi-VN")} ký tự`;
    this.#count.classList.toggle("near", left < NEAR_END);
  }

  #say(text, kind = "") {
    this.#problem.textContent = text;
    this.#problem.dataset.kind = kind;
    this.#problem.hidden = text === "";
  }

  #followTranscript() {
    const list = document.getElementById("noi-dung");
    const down = document.getElementById("xuong-cuoi");
    const toEnd = () => {
      list.scrollTop = list.scrollHeight;
      down.hidden = true;
    };
    toEnd();
    down.addEventListener("click", toEnd);
    list.addEventListener("scroll", () => {
      if (list.scrollHeight - list.scrollTop - list.clientHeight < 60) down.hidden = true;
    });
    list.addEventListener("grown", (event) => (event.detail.atEnd ? toEnd() : (down.hidden = false)));
  }
}

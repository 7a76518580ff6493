/** One phone: header, chat, composer. */

import { act } from "./api.js";
import { line } from "./bubble.js";
import { fillTrays } from "./composer.js";
import { dayOf } from "./dates.js";
import { attempt, element, toast } from "./element.js";
import { messagesOf, people, platform, webhookOf } from "./store.js";

const SEE_AFTER_MS = 700;

export class Phone {
  constructor(userId, close) {
    this.userId = userId;
    this.lines = new Map();
    this.looks = new Map();
    this.node = document.querySelector("#phone").content.firstElementChild.cloneNode(true);
    this.node.dataset.userId = userId;
    this.chat = this.part("chat");
    this.close = close;
    this.part("follow").onclick = () => this.do(this.person.following ? "unfollow" : "follow");
    this.part("menu").onclick = (event) => this.choose(event.target.dataset.act);
    this.part("share").onsubmit = (event) => this.share(event);
    this.node.querySelector("[data-share-close]").onclick = () => (this.part("share").hidden = true);
    // A picture that loads late pushes the last message out of sight.
    this.chat.addEventListener("load", () => this.atEnd && this.scrollDown(), true);
    this.chat.onscroll = () => (this.atEnd = this.chat.scrollHeight - this.chat.scrollTop - this.chat.clientHeight < 60);
    this.atEnd = true;
    fillTrays(this);
    this.drawHead();
    this.drawChat();
  }

  get person() {
    return people.get(this.userId);
  }

  part(name) {
    return this.node.querySelector(`[data-${name}]`);
  }

  do(action, fields) {
    return attempt(() => act(this.userId, action, fields));
  }

  drawHead() {
    const { name, following, online, blocking } = this.person;
    this.node.setAttribute("aria-label", `Điện thoại của ${name}`);
    this.part("oa").textContent = platform.oa?.name ?? "";
    this.part("who").textContent = `Máy của ${name}`;
    this.part("follow").textContent = following ? "Đang quan tâm" : "Quan tâm";
    this.part("follow").setAttribute("aria-pressed", String(following));
    this.node.querySelector("[data-act=toggle_online]").textContent = online ? "Tắt mạng điện thoại" : "Bật mạng điện thoại";
    this.node.querySelector("[data-act=toggle_block]").textContent = blocking ? "Bỏ chặn tin nhắn" : "Chặn tin nhắn của OA";
    this.part("offline").hidden = online;
  }

  /** Draws new and changed messages; scrolls down when the reader was at the end. */
  drawChat() {
    const messages = messagesOf(this.userId);
    const known = new Map(messages.map((message) => [message.message_id, message]));
    for (const message of messages) {
      const looks = `${message.received_at} ${message.seen_at} ${webhookOf(message)?.state}`;
      if (this.looks.get(message.seq) === looks) continue;
      this.looks.set(message.seq, looks);
      const made = line(message, known.get(message.quote_message_id), (tapped, index) => this.tap(tapped, index));
      made.dataset.seq = message.seq;
      const old = this.lines.get(message.seq);
      if (old) old.replaceWith(made);
      else this.append(message, made);
      this.lines.set(message.seq, made);
    }
    if (this.atEnd) this.scrollDown();
    this.seeSoon(messages);
  }

  scrollDown() {
    this.chat.scrollTop = this.chat.scrollHeight;
  }

  append(message, made) {
    const day = dayOf(message.at);
    if (day !== this.lastDay) this.chat.append(element("p", { className: "day" }, day));
    this.lastDay = day;
    this.chat.append(made);
  }

  /** Somebody who looks at the phone has seen its messages. */
  seeSoon(messages) {
    const unseen = messages.some((message) => message.author !== "resident" && !message.seen_at);
    if (!unseen || this.seeing || !this.person.online || document.visibilityState !== "visible") return;
    this.seeing = setTimeout(async () => {
      await this.do("see");
      this.seeing = undefined;
    }, SEE_AFTER_MS);
  }

  async tap(message, index) {
    const answer = await this.do("tap", { message_id: message.message_id, index });
    if (!answer?.opens) return;
    const { url, phone_code: phone, content } = answer.opens;
    if (url) window.open(url, "_blank", "noreferrer");
    else toast(content ? `Điện thoại mở tin nhắn SMS tới ${phone}: ${content}` : `Điện thoại gọi số ${phone}.`);
  }

  choose(action) {
    if (!action) return;
    this.node.querySelector(".menu").open = false;
    const { online, blocking } = this.person;
    if (action === "close") this.close();
    else if (action === "share") this.part("share").hidden = false;
    else if (action === "toggle_online") this.do(online ? "go_offline" : "go_online");
    else if (action === "toggle_block") this.do(blocking ? "unblock" : "block");
    else this.do(action);
  }

  async share(event) {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.target));
    if (await this.do("submit_info", fields)) this.part("share").hidden = true;
  }
}

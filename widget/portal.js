import { build } from "./build.js";

/** Fills the portal page: the demo clock's banner and the hotlines, both from the gateway; makes room for the answers. */

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;
const PHONE = "(max-width: 56.24rem)"; // as in portal.css
const NOT_LOADED = "Chưa tải được số điện thoại. Trang đang tự thử lại…";

/** @returns {Promise<any>} null when the gateway is away or not ready */
async function fetchInfo() {
  try {
    const response = await fetch("/chat/v1/info", { cache: "no-store", credentials: "omit" });
    return response.ok ? await response.json() : null;
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return null; // no network, or a proxy's page
    throw error;
  }
}

function show({ demo, notice, hotlines }) {
  const banner = document.getElementById("demo");
  banner.textContent = demo ? notice : "";
  banner.hidden = !demo;
  document.getElementById("hotlines").replaceChildren(...hotlines.map(hotlineItem));
  document.getElementById("hotlines-state").textContent = "";
}

function hotlineItem({ name, display, phone }) {
  const number = build("span", { class: "number" }, display);
  const link = build("a", { href: `tel:${phone.replace(/[^+\d]/g, "")}` }, number, build("span", { class: "name" }, name));
  return build("li", {}, link);
}

async function load(delay = FIRST_DELAY_MS) {
  const info = await fetchInfo();
  if (info) return show(info);
  document.getElementById("hotlines-state").textContent = NOT_LOADED;
  setTimeout(load, delay * (0.5 + Math.random() / 2), Math.min(2 * delay, LONGEST_DELAY_MS));
}

function makeRoom() {
  const chat = document.getElementById("chat");
  chat.classList.add("talking");
  if (window.matchMedia(PHONE).matches) chat.scrollIntoView({ block: "start" });
}

document.querySelector("tin-cay-chat").addEventListener("asked", makeRoom);
void load();

/** The lower edge of a phone: text, stickers, pictures, files, voice, places. */

import { act, putOnShelf } from "./api.js";
import { attempt, element } from "./element.js";
import { places } from "./places.js";

const STICKERS = [
  ["cuoi", "Cười"],
  ["buon", "Buồn"],
  ["cam-on", "Cảm ơn"],
  ["khau-trang", "Đeo khẩu trang"],
  ["trai-tim", "Trái tim"],
  ["dong-y", "Đồng ý"],
];

export function fillTrays(phone) {
  composer(phone);
  stickers(phone);
  placeForm(phone);
  for (const [name, action] of [["picture", "send_image"], ["file", "send_file"], ["voice", "send_voice"]]) {
    phone.part(name).onchange = (event) => sendFile(phone, event.target, action);
  }
  for (const opener of phone.node.querySelectorAll("[data-open]")) {
    opener.onclick = () => {
      const tray = phone.part(opener.dataset.open);
      const hidden = tray.hidden;
      closeTrays(phone);
      tray.hidden = !hidden;
    };
  }
}

function composer(phone) {
  const form = phone.part("composer");
  const box = phone.part("text");
  form.onsubmit = async (event) => {
    event.preventDefault();
    const text = box.value;
    if (!text.trim()) return;
    box.value = "";
    fit(box);
    if (!(await phone.do("send_text", { text }))) box.value = text;
    box.focus();
  };
  box.onkeydown = (event) => {
    // While a Vietnamese input method composes a letter, Enter belongs to it.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  };
  box.oninput = () => fit(box);
}

function fit(box) {
  box.rows = Math.min(4, box.value.split("\n").length);
}

function stickers(phone) {
  const made = STICKERS.map(([id, title]) => {
    const picture = element("img", { src: `/page/stickers/${id}.svg`, alt: title });
    const send = () => {
      closeTrays(phone);
      phone.do("send_sticker", { sticker_id: id });
    };
    return element("button", { type: "button", title, onclick: send }, picture);
  });
  phone.part("stickers").append(...made);
}

function placeForm(phone) {
  const form = phone.part("places");
  const { place, latitude, longitude } = form.elements;
  place.append(...places.map(([name], index) => element("option", { value: index, textContent: name })));
  const fill = () => ([, latitude.value, longitude.value] = places[place.value]);
  place.onchange = fill;
  fill();
  form.onsubmit = async (event) => {
    event.preventDefault();
    const sent = await phone.do("send_location", { latitude: latitude.value, longitude: longitude.value });
    if (sent) form.hidden = true;
  };
}

async function sendFile(phone, input, action) {
  const [file] = input.files;
  if (!file) return;
  await attempt(async () => act(phone.userId, action, { media_id: await putOnShelf(file) }));
  input.value = "";
}

function closeTrays(phone) {
  phone.part("stickers").hidden = true;
  phone.part("places").hidden = true;
}

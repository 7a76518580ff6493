// Wires the page: what the event stream tells is fetched anew, the alarm follows, the reply form keeps its text.
import { Alarm } from "./alarm.js";
import { startComposer } from "./composer.js";
import { Parts } from "./parts.js";
import { Stream } from "./stream.js";

const connection = document.getElementById("ket-noi");
const alarm = new Alarm(document.getElementById("bao-dong"), document.getElementById("chuong"));
const composer = startComposer(document.getElementById("tra-loi"));

const parts = new Parts({
  onRenewed: () => {
    alarm.look();
    composer?.look();
  },
  onLoggedOut: (login) => showLogin(login),
});

const stream = new Stream(document.body.dataset.events, document.body.dataset.cursor, {
  onChange: ({ conversations, all }) => (all ? parts.renewAll() : parts.renewFor(conversations)),
  onLost: () => {
    connection.textContent = "Mất kết nối, đang nối lại…";
  },
  onBack: () => {
    connection.textContent = "";
  },
  onEnded: () => parts.renewAll(),
});

function showLogin(login) {
  stream.stop();
  // The login leads back to this very page, not to the part that was asked for.
  const address = new URL(login, location.href);
  address.searchParams.set("next", location.pathname + location.search);
  const link = document.createElement("a");
  link.href = address.href;
  link.textContent = "Đăng nhập lại";
  connection.replaceChildren("Phiên làm việc đã hết. Chữ đang viết vẫn còn. ", link);
}

alarm.look();
composer?.look();
composer?.onLoggedOut(showLogin);
composer?.onSent(() => parts.renewAll());
parts.start();
stream.start();

// The alarm: a tone every few seconds and a flashing title while an urgent conversation needs someone.
// Browsers allow sound only after the person has touched the page; until then the bell says so.

const BEEP_EVERY_MS = 3000;
const FLASH_EVERY_MS = 1000;
const WANTED = "desk-bell"; // "off" when the operator has switched the bell off
const SILENCED = "desk-silenced"; // names of alarms that were heard

export class Alarm {
  #area;
  #bell;
  #title = document.title;
  #audio = null;
  #timers = [];
  #names = [];
  #loud = false;

  constructor(area, bell) {
    this.#area = area;
    this.#bell = bell;
    bell.hidden = false;
    bell.addEventListener("click", () => this.#toggle());
    for (const gesture of ["pointerdown", "keydown"]) {
      document.addEventListener(gesture, (event) => this.#touched(event), { capture: true });
    }
    area.addEventListener("click", (event) => {
      if (event.target.closest("[data-silence]")) this.#silence();
    });
    this.#showBell();
  }

  // Looks at what the server says and starts or stops accordingly.
  look() {
    const alarm = this.#area.querySelector("[data-sounding]");
    this.#names = alarm ? alarm.dataset.sounding.split(" ") : [];
    const heard = new Set((localStorage.getItem(SILENCED) ?? "").split(" "));
    const loud = this.#names.some((name) => !heard.has(name));
    this.#loud = loud;
    this.#showBell();
    if (this.#names.length && !this.#timers.length) this.#start();
    if (!this.#names.length) this.#stop();
  }

  #start() {
    let flash = false;
    this.#beep();
    this.#timers = [
      setInterval(() => this.#beep(), BEEP_EVERY_MS),
      setInterval(() => {
        flash = !flash;
        document.title = flash ? `KHẨN CẤP (${this.#names.length})` : this.#title;
      }, FLASH_EVERY_MS),
    ];
  }

  #stop() {
    this.#timers.forEach(clearInterval);
    this.#timers = [];
    document.title = this.#title;
  }

  #silence() {
    localStorage.setItem(SILENCED, this.#names.join(" "));
    this.look();
  }

  #beep() {
    if (this.#loud && this.#isOn()) this.#ring();
  }

  #ring() {
    const audio = this.#audio;
    for (const [delay, pitch] of [[0, 880], [0.25, 660]]) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      const from = audio.currentTime + delay;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, from);
      volume.gain.exponentialRampToValueAtTime(0.4, from + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.2);
      tone.connect(volume).connect(audio.destination);
      tone.start(from);
      tone.stop(from + 0.22);
    }
  }

  #isOn() {
    return localStorage.getItem(WANTED) !== "off" && this.#audio?.state === "running";
  }

  // The bell's own click decides for itself; every other touch wakes a bell that is wanted.
  #touched(event) {
    if (localStorage.getItem(WANTED) === "off" || this.#bell.contains(event.target)) return;
    this.#unlock();
  }

  async #unlock() {
    this.#audio ??= new AudioContext();
    if (this.#audio.state !== "running") await this.#audio.resume();
    this.#showBell();
  }

  async #toggle() {
    const on = this.#isOn();
    localStorage.setItem(WANTED, on ? "off" : "on");
    if (!on) {
      await this.#unlock();
      this.#ring(); // one tone to hear that it works
    }
    this.#showBell();
  }

  #showBell() {
    const on = this.#isOn();
    this.#bell.setAttribute("aria-pressed", String(on));
    this.#bell.textContent = on ? "Chuông: bật" : "Chuông: tắt. Bấm để bật";
    const silence = this.#area.querySelector("[data-silence]");
    if (silence) silence.hidden = !(on && this.#loud);
  }
}

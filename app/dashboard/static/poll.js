// Asking again and again, slower when the service is down, with one visible line about it.

import { Problem, Unreachable, storeKey, storedKey } from "./api.js";
import { clock, el } from "./dom.js";

export const INTERVAL_MS = Number(document.body.dataset.pollMs) || 5000;
const SLOWEST_FACTOR = 12;

const state = document.getElementById("state");
const unreachable = document.getElementById("unreachable");
const keyForm = document.getElementById("key-form");

function show(name, words) {
  state.dataset.state = name;
  state.replaceChildren(el("span", {}, words));
}

/** Runs `task` now and then every interval; `task` may answer how many intervals to wait. */
export class Poll {
  #task;
  #timer = null;
  #failures = 0;
  #running = false;
  #again = false;
  #answeredAt = null;
  #streaming = false;
  #waiting = [];

  constructor(task) {
    this.#task = task;
    addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => document.hidden || this.now());
    this.now();
  }

  /** Asks at once; when a round is under way, once more right after it. */
  async now() {
    clearTimeout(this.#timer);
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    let wait = INTERVAL_MS;
    try {
      const factor = (await this.#task()) ?? 1;
      this.#answered();
      wait = INTERVAL_MS * (this.#streaming ? SLOWEST_FACTOR : factor);
    } catch (error) {
      wait = this.#failed(error);
    } finally {
      this.#running = false;
    }
    if (this.#again) {
      this.#again = false;
      this.now();
    } else if (wait !== null) {
      this.#timer = setTimeout(() => this.now(), wait);
    }
  }

  /** Resolves with the next answer: until then the service is down, locked or busy, and nothing else need be asked of it. */
  answer() {
    return new Promise((done) => this.#waiting.push(done));
  }

  /** Whether a stream brings the changes at once. Polls then only make sure that it does, far apart. */
  set streaming(open) {
    this.#streaming = open;
    if (open) this.#showUp();
    else this.now();
  }

  #answered() {
    this.#failures = 0;
    this.#answeredAt = clock();
    unreachable.hidden = true;
    unreachable.replaceChildren();
    keyForm.hidden = true;
    this.#showUp();
    for (const done of this.#waiting.splice(0)) done();
  }

  #showUp() {
    show("live", this.#streaming ? "Live" : `Up to date, checked ${this.#answeredAt}`);
  }

  /** How long to wait in milliseconds; null to wait for the reader. */
  #failed(error) {
    if (error instanceof Problem && error.status === 401) {
      askForKey(() => this.now());
      return null;
    }
    if (!(error instanceof Unreachable) && !(error instanceof Problem)) {
      console.error(error);
      show("down", "This page failed");
      return INTERVAL_MS * SLOWEST_FACTOR;
    }
    const factor = Math.min(2 ** this.#failures, SLOWEST_FACTOR);
    this.#failures += 1;
    const words = error instanceof Unreachable ? "Service unreachable, retrying." : `Service not answering properly, retrying. ${error.message}`;
    // The line is announced when it appears; it is not written anew at every try, so that nobody hears it twice.
    if (unreachable.hidden || unreachable.dataset.words !== words) {
      unreachable.dataset.words = words;
      const retry = el("button", { type: "button", onclick: () => this.now() }, "Try now");
      unreachable.replaceChildren(el("span", {}, this.#answeredAt ? `${words} What you see was true at ${this.#answeredAt}.` : words), retry);
      unreachable.hidden = false;
    }
    show("down", "Not connected");
    return INTERVAL_MS * factor;
  }
}

function askForKey(again) {
  const refused = storedKey() !== null;
  show("key", "Locked");
  unreachable.hidden = true;
  const input = el("input", { type: "password", id: "key", autocomplete: "off", required: true, "aria-describedby": "key-why" });
  const why = refused ? "That key was not accepted." : "This service answers only with an API key. It is kept in this tab until you close it.";
  keyForm.replaceChildren(
    el("label", { for: "key" }, "API key"),
    input,
    el("button", { type: "submit", class: "primary" }, "Unlock"),
    el("p", { id: "key-why", role: refused ? "alert" : null }, why),
  );
  keyForm.onsubmit = (event) => {
    event.preventDefault();
    storeKey(input.value.trim());
    again();
  };
  storeKey(null);
  keyForm.hidden = false;
  input.focus();
}

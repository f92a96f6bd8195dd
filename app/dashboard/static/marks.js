// An article's text with its claims marked; a mark pointed at, or its number focused, shows who says it.

import { speakers } from "./claim.js";
import { differSign, el } from "./dom.js";
import { pieces } from "./spans.js";

const CARD_WIDTH_PX = 340;
const GAP_PX = 6;
const OPEN_AFTER_MS = 150; // a pointer that only passes opens nothing
const CLOSE_AFTER_MS = 300; // time to move from the words to the card

/** The id of the place in the text where a claim begins. */
export function anchor(claim) {
  return `claim-${claim.id}`;
}

/** `node` holds the text, unchanged but for the numbers; `describe(claim)` gives what the card says about one claim. */
export class MarkedText {
  #claims; // in reading order: the first is number 1
  #describe;
  #card = el("div", { class: "chain-card", role: "group", "aria-label": "Who says it", dir: "ltr" });
  #timer = null;
  #closing = false;

  constructor(text, claims, describe) {
    this.#claims = claims;
    this.#describe = describe;
    this.node = el("div", { class: "text", dir: "auto" }, this.#nodes(text));
    this.node.addEventListener("pointerover", (event) => this.#pointed(event));
    this.node.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && this.#later(() => this.hide(), CLOSE_AFTER_MS));
    this.node.addEventListener("click", (event) => this.#pressed(event));
    this.node.addEventListener("focusin", (event) => this.#focused(event));
    this.node.addEventListener("focusout", (event) => this.node.contains(event.relatedTarget) || this.hide());
    this.node.addEventListener("keydown", (event) => event.key === "Escape" && this.hide());
    this.aim();
  }

  #nodes(text) {
    const ranges = this.#claims.map((claim, i) => ({ start: claim.span.start_char, end: claim.span.end_char, claim, number: i + 1 }));
    const begun = new Set();
    return pieces(text, ranges).flatMap((piece) => {
      if (piece.over.length === 0) return [piece.text];
      // Claims may lie inside each other: the shortest, most exact one comes first and gives a piece its look.
      const over = [...piece.over].sort((a, b) => a.end - a.start - (b.end - b.start));
      const first = piece.over.filter(({ claim }) => !begun.has(claim.id));
      for (const { claim } of first) begun.add(claim.id);
      const end = piece.start + Array.from(piece.text).length;
      return [
        ...first.map(({ claim }) => el("a", { id: anchor(claim), class: "target" })),
        el("span", { class: `said said-${over[0].claim.voice}`, "data-claims": over.map(({ number }) => number).join(" ") }, piece.text),
        ...piece.over.filter((range) => range.end === end).map(({ claim, number }) => el("sup", {}, this.#number(claim, number))),
      ];
    });
  }

  #number(claim, number) {
    return el("a", { href: `#note-${claim.id}`, "data-number": number, "aria-label": `Claim ${number}: ${speakers(claim)}` }, String(number));
  }

  /** Shows which claims part from others: `parted(claim)` says so. */
  flag(parted) {
    for (const link of this.node.querySelectorAll("sup a")) {
      const number = Number(link.dataset.number);
      if (!parted(this.#claims[number - 1])) continue;
      link.classList.add("parted");
      link.append(differSign());
      link.setAttribute("aria-label", `Claim ${number}, in conflict: ${speakers(this.#claims[number - 1])}`);
    }
  }

  /** Lays weight on the claim that the address names. */
  aim() {
    const number = this.#claims.findIndex((claim) => location.hash === `#${encodeURIComponent(anchor(claim))}`) + 1;
    for (const piece of this.node.querySelectorAll(".said")) piece.classList.toggle("aimed", piece.dataset.claims.split(" ").includes(String(number)));
  }

  #later(task, wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(task, wait);
  }

  #pointed(event) {
    if (event.pointerType !== "mouse") return;
    const piece = event.target.closest(".said");
    if (piece) this.#later(() => this.#show(piece, event), OPEN_AFTER_MS);
    else if (this.#card.contains(event.target)) clearTimeout(this.#timer);
    else this.#later(() => this.hide(), CLOSE_AFTER_MS);
  }

  #pressed(event) {
    const piece = event.target.closest(".said");
    if (piece && document.getSelection().isCollapsed) this.#show(piece, event);
    else if (!this.#card.contains(event.target)) this.hide();
  }

  #focused(event) {
    const link = event.target.closest("sup a");
    if (link && !this.#closing) this.#open([Number(link.dataset.number)], link.parentElement, link.getBoundingClientRect());
  }

  #show(piece, { clientY }) {
    const numbers = piece.dataset.claims.split(" ").map(Number);
    // Words run over several lines: the card stands by the line that is pointed at.
    const lines = [...piece.getClientRects()];
    const line = lines.find(({ top, bottom }) => top <= clientY && clientY <= bottom) ?? lines.at(-1);
    const after = this.node.querySelector(`sup a[data-number="${numbers[0]}"]`).parentElement;
    this.#open(numbers, after, line);
  }

  #open(numbers, after, line) {
    clearTimeout(this.#timer);
    this.hide();
    this.#card.replaceChildren(...numbers.map((number) => el("div", {}, el("p", { class: "number" }, `Claim ${number}`), this.#describe(this.#claims[number - 1]))));
    for (const piece of this.node.querySelectorAll(".said")) piece.classList.toggle("lit", piece.dataset.claims.split(" ").includes(String(numbers[0])));
    after.after(this.#card);
    const frame = this.node.getBoundingClientRect();
    const width = Math.min(CARD_WIDTH_PX, frame.width);
    this.#card.style.width = `${width}px`;
    this.#card.style.left = `${Math.max(0, Math.min(line.left - frame.left, frame.width - width))}px`;
    const height = this.#card.offsetHeight;
    const above = line.bottom + GAP_PX + height > innerHeight && line.top - GAP_PX - height > 0;
    this.#card.style.top = `${above ? line.top - frame.top - GAP_PX - height : line.bottom - frame.top + GAP_PX}px`;
  }

  hide() {
    clearTimeout(this.#timer);
    if (!this.#card.isConnected || this.#closing) return;
    // Whoever stands in the card goes back to the number it belongs to, without opening it again.
    this.#closing = true;
    if (this.#card.contains(document.activeElement)) this.#card.previousElementSibling.querySelector("a").focus();
    this.#card.remove();
    this.#closing = false;
    for (const piece of this.node.querySelectorAll(".lit")) piece.classList.remove("lit");
  }
}

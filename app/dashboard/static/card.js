// One conflict: its positions side by side, why they part, and what the desk decides about it.

import { Problem, claim as claimById, patch } from "./api.js";
import { chain, claimView } from "./claim.js";
import { counted, el, listed, nameOf, time } from "./dom.js";
import { differing } from "./spans.js";

const KINDS = {
  quantity: "a figure", date: "a date", place: "a place", identity: "who did it", negation: "whether it is so",
  antonym: "opposite words", certainty: "how certain it is", characterisation: "how it is described", model: "meaning",
};
const DECISIONS = [
  { status: "acknowledged", verb: "Acknowledge", from: ["open"] },
  { status: "resolved", verb: "Resolve", from: ["open", "acknowledged"] },
  { status: "dismissed", verb: "Dismiss", from: ["open", "acknowledged"] },
  { status: "open", verb: "Reopen", from: ["acknowledged", "resolved", "dismissed"] },
];
const SHOWN_IN_LIST = 2;

/** "grave", "notable" or "minor" for 0..1. */
export function severityWord(severity) {
  if (severity >= 0.67) return "grave";
  return severity >= 0.34 ? "notable" : "minor";
}

/** The letter of a position: A, B, … Z, then numbers. */
export function letter(index) {
  return index < 26 ? String.fromCharCode(65 + index) : String(index + 1);
}

/** A position's panel, headed by those who take it: the sources in a conflict between sources, else the outlets. */
export function positionView(position, index, between, body) {
  const outlets = (position.outlets ?? []).map(nameOf);
  const sources = (position.sources ?? []).map(nameOf).filter((name) => !outlets.includes(name));
  const bySource = between === "sources" && sources.length > 0;
  const who = listed(bySource ? sources : outlets);
  const through = bySource ? `in ${listed(outlets)}` : sources.length ? `according to ${listed(sources)}` : "";
  const named = el("div", {}, el("h3", { dir: "auto" }, who), through && el("p", { class: "through", dir: "auto" }, through));
  return el(
    "section",
    { class: `position position-${index % 4}`, "aria-label": `Position ${letter(index)}: ${who}` },
    el("header", {}, el("span", { class: "letter", "aria-hidden": "true" }, letter(index)), named),
    body,
  );
}

/** A conflict on the page. `node` stays the same while `update` changes what it shows, so a note half written survives. */
export class ConflictCard {
  #whole;
  #changed;
  #head = el("div", { class: "conflict-head" });
  #positions = el("div", { class: "positions" });
  #reasons = el("ul", { class: "reasons", "aria-label": "Why they cannot both be true" });
  #note;
  #buttons = el("div", { class: "buttons" });
  #said = el("p", { class: "outcome", role: "status" });

  /** `whole`: the conflict's own page, with every claim; else a card in the list. `changed` is called with what a decision made of it. */
  constructor(conflict, { whole = false, changed = () => {} } = {}) {
    this.#whole = whole;
    this.#changed = changed;
    this.#note = el("input", { type: "text", maxlength: 2000, autocomplete: "off", placeholder: "Add a note (optional)", "aria-label": `Note on: ${conflict.headline}` });
    const form = el("form", { class: "decision", onsubmit: (event) => event.preventDefault() }, this.#note, this.#buttons, this.#said);
    this.node = el("article", { class: "conflict", "data-conflict": conflict.id }, this.#head, this.#positions, this.#reasons, form);
    this.update(conflict);
  }

  update(conflict) {
    const before = this.conflict;
    this.conflict = conflict;
    this.node.dataset.status = conflict.status;
    this.node.dataset.severity = severityWord(conflict.severity);
    this.#showHead();
    this.#showButtons();
    const compared = ({ positions, relations }) => JSON.stringify([positions, relations]);
    if (before && compared(before) === compared(conflict) && !this.incomplete) return;
    this.#showReasons();
    this.#showPositions();
  }

  #showHead() {
    const { id, headline, kind, between, severity, status, opened_at, updated_at } = this.conflict;
    const title = this.#whole ? el("h1", { dir: "auto" }, headline) : el("h2", { dir: "auto" }, el("a", { href: `/conflicts/${encodeURIComponent(id)}` }, headline));
    const word = severityWord(severity);
    this.#head.replaceChildren(
      el(
        "p",
        { class: "meta" },
        el("span", { class: "severity", title: "Severity, from 0 to 1" }, el("span", { class: "unseen" }, "Severity: "), el("span", { class: "bars", "aria-hidden": "true" }), `${word} ${Number(severity).toFixed(2)}`),
        el("span", { class: "status" }, status),
        el("span", {}, `about ${KINDS[kind] ?? kind}, between ${between}`),
        el("span", { class: "when" }, updated_at === opened_at ? "opened " : "changed ", time(updated_at)),
      ),
      title,
    );
  }

  #showButtons() {
    const offered = DECISIONS.filter(({ from }) => from.includes(this.conflict.status));
    const had = this.#buttons.contains(document.activeElement);
    this.#buttons.replaceChildren(
      ...offered.map(({ status, verb }) => el("button", { type: "button", "data-to": status, onclick: () => this.#decide(status) }, verb)),
    );
    if (had) this.#buttons.querySelector("button")?.focus();
  }

  async #decide(status) {
    if (this.deciding) return;
    this.deciding = true;
    const buttons = [...this.#buttons.children];
    for (const button of buttons) button.setAttribute("aria-disabled", "true");
    this.#said.textContent = "Saving …";
    const note = this.#note.value.trim();
    try {
      const conflict = await patch(`/v1/conflicts/${encodeURIComponent(this.conflict.id)}`, note ? { status, note } : { status });
      this.#note.value = "";
      this.#said.textContent = `Saved: ${conflict.status}.`;
      this.update(conflict);
      this.#changed(conflict);
    } catch (error) {
      this.#said.textContent = error instanceof Problem ? `Not saved. ${error.message}` : "Not saved: the service is unreachable. Your note is still here.";
      for (const button of buttons) button.removeAttribute("aria-disabled");
    } finally {
      this.deciding = false;
    }
  }

  #showReasons() {
    const details = new Map();
    for (const relation of this.conflict.relations ?? []) {
      if (relation.kind !== "contradicts") continue;
      for (const { detail } of relation.reasons ?? []) details.set(detail, Math.max(details.get(detail) ?? 0, relation.score));
    }
    const all = [...details].sort((a, b) => b[1] - a[1]);
    const shown = this.#whole ? all : all.slice(0, SHOWN_IN_LIST);
    this.#reasons.replaceChildren(
      ...shown.map(([detail, score]) => el("li", {}, el("span", { dir: "auto" }, detail), this.#whole && el("span", { class: "aside" }, ` (probability ${Number(score).toFixed(2)})`))),
    );
    this.#reasons.hidden = shown.length === 0;
  }

  async #showPositions() {
    const conflict = this.conflict;
    const panels = (conflict.positions ?? []).map((position, i) => this.#panel(position, i));
    // What is there stays until what replaces it is complete: no flicker while the page is open.
    if (!this.#positions.hasChildNodes() || this.incomplete) this.#positions.replaceChildren(...panels.map((panel) => panel.node));
    const filled = await Promise.all(panels.map((panel) => panel.fill()));
    if (this.conflict !== conflict && JSON.stringify(this.conflict.positions) !== JSON.stringify(conflict.positions)) return;
    this.incomplete = filled.includes(false);
    this.#positions.replaceChildren(...panels.map((panel) => panel.node));
  }

  #panel(position, index) {
    const body = el("div", { class: "claims" }, el("p", { class: "summary", dir: "auto" }, position.summary));
    const node = positionView(position, index, this.conflict.between, body);
    return { node, fill: () => this.#fill(body, position) };
  }

  /** Puts the claims in; false when one could not be fetched, so that a later round tries again. */
  async #fill(body, position) {
    const ids = position.claim_ids ?? [];
    const telling = new Set((this.conflict.relations ?? []).filter((r) => r.kind === "contradicts").flatMap((r) => [r.a, r.b]));
    const ordered = [...ids.filter((id) => telling.has(id)), ...ids.filter((id) => !telling.has(id))];
    const shown = this.#whole ? ordered : ordered.slice(0, SHOWN_IN_LIST);
    const answers = await Promise.allSettled(shown.map(claimById));
    const claims = answers.filter((a) => a.status === "fulfilled" && a.value).map((a) => a.value);
    if (claims.length === 0) return answers.every((a) => a.status === "fulfilled");
    const rest = ids.length - shown.length;
    body.replaceChildren(
      ...this.#folded(claims),
      ...(rest > 0 ? [el("p", { class: "rest" }, el("a", { href: `/conflicts/${encodeURIComponent(this.conflict.id)}` }, `and ${counted(rest, "more claim")}`))] : []),
    );
    return answers.every((a) => a.status === "fulfilled");
  }

  /** The same words printed by several outlets are shown once, with every chain under them. */
  #folded(claims) {
    const views = new Map();
    for (const claim of claims) {
      const words = claim.text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
      const first = views.get(words);
      if (!first) views.set(words, { claim, same: [] });
      else first.same.push(claim);
    }
    return [...views.values()].map(({ claim, same }) => {
      const view = claimView(claim, differing(claim, this.conflict.relations));
      if (same.length) view.append(el("div", { class: "same" }, el("p", {}, `The same words in ${listed(same.map((c) => nameOf(c.outlet)))}:`), same.map(chain)));
      return view;
    });
  }
}

// The propositions two outlets share: what each says of it, side by side, narrowed to what they agree or differ on.

import { get } from "./api.js";
import { chain, tags } from "./claim.js";
import { differSign, el, nameOf, time } from "./dom.js";

const PAGE = 50;
const STANCES = [
  { stance: "", words: "All they share", field: "shared" },
  { stance: "diverge", words: "They differ", field: "diverge" },
  { stance: "agree", words: "They agree", field: "agree" },
];

function claimLine(claim) {
  const address = `/articles/${encodeURIComponent(claim.article_id)}#claim-${encodeURIComponent(claim.id)}`;
  return el("li", {}, el("blockquote", { dir: "auto" }, claim.text), chain(claim), el("p", { class: "when" }, time(claim.published_at), tags(claim), el("a", { href: address }, "in the article")));
}

function side(outlet, claims, place) {
  return el(
    "div",
    { class: `position position-${place}` },
    el("h3", { dir: "auto" }, nameOf(outlet)),
    claims.length ? el("ul", {}, claims.map(claimLine)) : el("p", { class: "aside" }, "Its claim has been withdrawn."),
  );
}

/** `node` shows the pairs; `load` brings them up to date. The stance stands in the address. */
export class PairList {
  #a;
  #b;
  #tabs = el("p", { class: "stances" });
  #list = el("ol", { class: "shared" });
  #more = el("button", { type: "button", hidden: true, onclick: () => this.#append() }, "Show more");
  #cell;
  #next = null;
  #shown = null;
  #longer = false;

  constructor(a, cell) {
    this.#a = a;
    this.#b = cell.outlet;
    this.node = el("div", { class: "pair" }, this.#tabs, this.#list, el("p", { class: "more" }, this.#more));
  }

  get #stance() {
    return new URLSearchParams(location.search).get("stance") ?? "";
  }

  /** Shows how many propositions there are of each stance; `cell` as the API gives it. */
  count(cell) {
    this.#cell = cell;
    this.#tabs.replaceChildren(
      ...STANCES.map(({ stance, words, field }) => {
        const query = new URLSearchParams({ with: this.#b.id, ...(stance && { stance }) });
        return el("a", { href: `?${query}`, "aria-current": stance === this.#stance && "true" }, `${words} `, el("span", { class: "count" }, String(this.#cell[field])));
      }),
    );
  }

  #ask(cursor) {
    const query = new URLSearchParams({ limit: PAGE, ...(this.#stance && { stance: this.#stance }), ...(cursor && { cursor }) });
    return get(`/v1/outlets/matrix/${encodeURIComponent(this.#a.id)}/${encodeURIComponent(this.#b.id)}?${query}`);
  }

  async load() {
    if (this.#longer) return;
    const { body } = await this.#ask(null);
    const drawn = JSON.stringify(body);
    if (drawn === this.#shown || (this.#shown && this.#list.contains(document.activeElement))) return;
    this.#shown = drawn;
    this.#next = body.next_cursor;
    this.#list.replaceChildren(...body.items.map((item) => this.#row(item)));
    if (body.items.length === 0) this.#list.replaceChildren(el("li", { class: "empty" }, this.#stance ? "Nothing of this kind." : "They share no proposition yet."));
    this.#more.hidden = this.#next === null;
  }

  #row({ cluster, agree, diverge, a_claims, b_claims, conflict_id }) {
    const stand = [diverge && [differSign(), " they differ"], diverge && agree && ", ", agree && "= they agree", !agree && !diverge && "they neither agree nor differ"];
    return el(
      "li",
      { "data-cluster": cluster.id },
      el("h2", { dir: "auto" }, el("a", { href: `/clusters/${encodeURIComponent(cluster.id)}` }, cluster.headline)),
      el("p", { class: "aside" }, stand.flat(), conflict_id && [" · ", el("a", { href: `/conflicts/${encodeURIComponent(conflict_id)}` }, "the conflict")]),
      el("div", { class: "positions" }, side(this.#a, a_claims, 0), side(this.#b, b_claims, 1)),
    );
  }

  async #append() {
    if (this.#more.getAttribute("aria-disabled")) return;
    this.#more.setAttribute("aria-disabled", "true");
    try {
      const { body } = await this.#ask(this.#next);
      this.#next = body.next_cursor;
      this.#longer = true;
      const rows = body.items.map((item) => this.#row(item));
      this.#list.append(...rows);
      this.#more.hidden = this.#next === null;
      rows[0]?.querySelector("a")?.focus();
    } catch {
      this.#longer = false;
    } finally {
      this.#more.removeAttribute("aria-disabled");
    }
  }
}

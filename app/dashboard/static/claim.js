// One claim: its words, who says it through whom, and when.

import { el, nameOf, time } from "./dom.js";
import { marked } from "./spans.js";

function linkName(link) {
  return link.name ?? link.source?.text ?? (link.kind === "anonymous" ? "an unnamed source" : "unnamed");
}

/** The chain as words: "Mirela Toth, reported by The Veldany Courier". */
export function speakers(claim) {
  const names = (claim.chain ?? []).map(linkName);
  return names.length < 2 ? `${names[0] ?? nameOf(claim.outlet)}, in its own voice` : names.join(", reported by ");
}

/** "speaker → outlet quoted → publisher" as a list; a claim in the outlet's own voice says so. */
export function chain(claim) {
  const links = claim.chain ?? [];
  if (links.length < 2) {
    const publisher = links.length ? linkName(links[0]) : nameOf(claim.outlet);
    return el("p", { class: "chain" }, el("bdi", {}, publisher), el("span", { class: "aside" }, ", in its own voice"));
  }
  const items = links.map((link, i) => {
    const arrow = i > 0 && el("span", { class: "arrow" }, el("span", { "aria-hidden": "true" }, "→ "), el("span", { class: "unseen" }, "reported by "));
    return el("li", { class: `link-${link.kind}` }, arrow, el("bdi", {}, linkName(link)));
  });
  return el("ol", { class: "chain", "aria-label": "Who says it, through whom" }, items);
}

export function articleAddress(claim) {
  return `/articles/${encodeURIComponent(claim.article_id)}#claim-${encodeURIComponent(claim.id)}`;
}

/** What sets a claim apart from a plain assertion, a quiet tag each: how certain it is, and whether it foretells or judges. */
export function tags(claim) {
  const told = [claim.certainty !== "asserted" && claim.certainty, claim.type !== "statement" && claim.type];
  return told.filter(Boolean).map((word) => el("span", { class: "tag" }, word));
}

/** A claim as a quotation with its chain and time. `ranges` are the parts to mark. */
export function claimView(claim, ranges = []) {
  return el(
    "div",
    { class: "claim", "data-claim": claim.id },
    el("blockquote", { dir: "auto" }, marked(claim.text, ranges)),
    chain(claim),
    el("p", { class: "when" }, time(claim.published_at), tags(claim), el("a", { href: articleAddress(claim) }, "in the article")),
  );
}

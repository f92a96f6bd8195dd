// The chain of a claim, drawn: who speaks, which outlet is quoted, who publishes.

import { el, nameOf } from "./dom.js";

const PARTS = {
  person: "speaker", organization: "speaker", anonymous: "unnamed speaker", document: "document", outlet: "outlet quoted", publisher: "publisher",
};

function nameIn(link) {
  return link.name ?? link.source?.text ?? (link.kind === "anonymous" ? "not named" : "unnamed");
}

/** speaker → outlet quoted → publisher, each a box with its part in small letters; the outlet's own voice is one box. */
export function drawnChain(claim) {
  const links = claim.chain?.length ? claim.chain : [{ name: nameOf(claim.outlet), kind: "publisher" }];
  const alone = links.length === 1;
  return el(
    "ol",
    { class: "path", "aria-label": "Who says it, through whom" },
    links.map((link, i) =>
      el(
        "li",
        { class: `link-${link.kind}` },
        i > 0 && el("span", { class: "arrow" }, el("span", { "aria-hidden": "true" }, "→"), el("span", { class: "unseen" }, "reported by ")),
        el("span", { class: "box" }, el("span", { class: "part" }, alone ? "in its own voice" : (PARTS[link.kind] ?? link.kind), el("span", { class: "unseen" }, ": ")), el("bdi", {}, nameIn(link))),
      ),
    ),
  );
}

// An article: its own words, with the claims marked in them and listed beside them.

import { Problem, Watched } from "./api.js";
import { chain, tags } from "./claim.js";
import { counted, el, nameOf, time, webAddress } from "./dom.js";
import { Poll } from "./poll.js";
import { pieces } from "./spans.js";

const RARELY = 12; // intervals between looks at an article that is already processed
const content = document.getElementById("content");
const empty = document.getElementById("empty");
const watched = new Watched();
let shown = null;
let status = null;

function anchor(claim) {
  return `claim-${claim.id}`;
}

/** The text with each claim underlined, solid for the outlet's own voice and dotted for what it reports, and a number at its end. */
function body(article, claims) {
  const ranges = claims.map((claim, i) => ({ start: claim.span.start_char, end: claim.span.end_char, claim, number: i + 1 }));
  const begun = new Set();
  const nodes = pieces(article.text, ranges).flatMap((piece) => {
    if (piece.over.length === 0) return [piece.text];
    // Claims may lie inside each other: the shortest, most exact one gives a piece its look.
    const inner = piece.over.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
    const first = piece.over.filter(({ claim }) => !begun.has(claim.id));
    for (const { claim } of first) begun.add(claim.id);
    const aimed = piece.over.some(({ claim }) => location.hash === `#${encodeURIComponent(anchor(claim))}`);
    const end = piece.start + Array.from(piece.text).length;
    return [
      ...first.map(({ claim }) => el("a", { id: anchor(claim), class: "target" })),
      el("span", { class: `said said-${inner.claim.voice}${aimed ? " aimed" : ""}` }, piece.text),
      ...piece.over.filter((range) => range.end === end).map(({ claim, number }) => el("sup", {}, el("a", { href: `#note-${claim.id}`, "aria-label": `Claim ${number}` }, String(number)))),
    ];
  });
  return el("div", { class: "text", dir: "auto" }, nodes);
}

function notes(claims) {
  return el(
    "ol",
    { class: "notes" },
    claims.map((claim) =>
      el(
        "li",
        { id: `note-${claim.id}` },
        el("p", { class: "content", dir: "auto" }, el("a", { href: `#${anchor(claim)}` }, claim.content)),
        chain(claim),
        el(
          "p",
          { class: "when" },
          tags(claim),
          claim.cluster_id && el("a", { href: `/clusters/${encodeURIComponent(claim.cluster_id)}` }, "what others say"),
        ),
      ),
    ),
  );
}

function show(article) {
  const claims = [...(article.claims ?? [])].sort((a, b) => a.span.start_char - b.span.start_char || a.span.end_char - b.span.end_char);
  const where = webAddress(article.url);
  const title = article.title || "Untitled article";
  const states = {
    received: "Received; its claims are being looked for.",
    failed: `Its claims could not be found: ${article.error ?? "the reason is not known"}.`,
    processed: claims.length ? `${counted(claims.length, "claim")} found.` : "No claims found in it.",
  };
  document.title = `${title} · Parallax`;
  content.replaceChildren(
    el("p", { class: "back" }, el("a", { href: "/" }, "All conflicts")),
    el("h1", { dir: "auto" }, title),
    el(
      "p",
      { class: "meta" },
      el("bdi", { class: "outlet" }, nameOf(article.outlet)),
      time(article.published_at),
      article.revision > 1 && el("span", {}, `revision ${article.revision}`),
      where ? el("a", { href: where.href, rel: "noopener noreferrer" }, where.hostname) : article.url && el("span", {}, article.url),
      where?.hostname.endsWith(".example") && el("span", { class: "tag" }, "fictional"),
    ),
    el("p", { class: "lead" }, states[article.status] ?? article.status),
    claims.length > 0 && el("p", { class: "legend" }, el("span", { class: "said said-own" }, "in its own voice"), " ", el("span", { class: "said said-reported" }, "what it reports others saying")) || "",
    el("div", { class: "beside" }, body(article, claims), claims.length ? el("aside", { "aria-label": "Claims" }, el("h2", {}, "Claims"), notes(claims)) : ""),
  );
  content.removeAttribute("aria-busy");
  empty.hidden = true;
  if (shown === null && location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView({ block: "center" });
}

new Poll(async () => {
  try {
    const article = await watched.get(`/v1/articles/${encodeURIComponent(document.body.dataset.id)}`);
    if (article && JSON.stringify(article) !== shown) {
      show(article);
      shown = JSON.stringify(article);
      status = article.status;
    }
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    content.replaceChildren();
    empty.replaceChildren(el("strong", {}, "There is no such article."), " It may have been withdrawn. ", el("a", { href: "/" }, "All conflicts"));
    empty.hidden = false;
  }
  return status === "received" ? 1 : RARELY;
});

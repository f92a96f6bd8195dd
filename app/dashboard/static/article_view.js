// A whole article: what is known of it, its text with the claims marked, and the claims with what others say about them.

import { get } from "./api.js";
import { chain, tags } from "./claim.js";
import { counted, differSign, el, nameOf, time, webAddress } from "./dom.js";
import { MarkedText, anchor } from "./marks.js";

/** What became of an article, as a sign and a word. */
export const STATES = {
  received: { sign: "…", word: "Waiting" },
  processed: { sign: "✓", word: "Read" },
  failed: { sign: "!", word: "Failed" },
};

function clusterAddress(id) {
  return `/clusters/${encodeURIComponent(id)}`;
}

function others(claim, cluster) {
  const elsewhere = (cluster?.outlets ?? []).filter(({ id }) => id !== claim.outlet.id).length;
  return elsewhere ? `also in ${counted(elsewhere, "other outlet")}` : "nobody else so far";
}

/** Links to what others say about a claim; `cluster` is its summary once that is known. */
function beyond(claim, cluster) {
  if (!claim.cluster_id) return [];
  const words = cluster ? others(claim, cluster) : "what others say";
  return [
    el("a", { href: clusterAddress(claim.cluster_id) }, words),
    ...(cluster?.conflict_ids ?? []).map((id) => el("a", { class: "parted", href: `/conflicts/${encodeURIComponent(id)}` }, differSign(), " in conflict")),
  ];
}

function about(claim, cluster) {
  return [chain(claim), el("p", { class: "when" }, tags(claim), beyond(claim, cluster))];
}

/** The clusters an article's claims are in, by id. */
export async function clustersOf(article) {
  if (article.status !== "processed" || !article.claims.length) return new Map();
  const found = new Map();
  let cursor = null;
  do {
    const { body } = await get(`/v1/clusters?${new URLSearchParams({ article: article.id, limit: 200, ...(cursor && { cursor }) })}`);
    for (const cluster of body.items) found.set(cluster.id, cluster);
    cursor = body.next_cursor;
  } while (cursor);
  return found;
}

function head(article, level) {
  const where = webAddress(article.url);
  return [
    el(level, { dir: "auto" }, article.title || "Untitled article"),
    el(
      "p",
      { class: "meta" },
      el("a", { class: "outlet", href: `/outlets/${encodeURIComponent(article.outlet.id)}` }, el("bdi", {}, nameOf(article.outlet))),
      time(article.published_at),
      article.revision > 1 && el("span", {}, `revision ${article.revision}`),
      where ? el("a", { href: where.href, rel: "noopener noreferrer" }, where.hostname) : article.url && el("span", {}, article.url),
      where?.hostname.endsWith(".example") && el("span", { class: "tag" }, "fictional"),
    ),
  ];
}

function became(article, claims, clusters) {
  if (article.status === "received") return el("p", { class: "lead loading" }, "Received. Its claims are being looked for …");
  if (article.status === "failed") {
    return el("div", { class: "failed" }, el("p", {}, el("strong", {}, "Its claims could not be found.")), el("p", { dir: "auto" }, article.error ?? "The reason is not known."), el("p", { class: "aside" }, "The text is kept as it came."));
  }
  if (claims.length === 0) return el("p", { class: "lead" }, "No claims found in it.");
  const known = claims.map((claim) => clusters.get(claim.cluster_id)).filter((cluster) => cluster);
  const shared = known.filter(({ outlets }) => outlets.length > 1).length;
  const parted = known.filter(({ conflict_ids }) => conflict_ids.length).length;
  const rest = clusters.size ? `, ${shared || "none"} of them also in other outlets, ${parted || "none"} in conflict` : "";
  return el("p", { class: "lead" }, `${counted(claims.length, "claim")} found${rest}.`);
}

function legend(claims) {
  const own = claims.filter(({ voice }) => voice === "own").length;
  return el(
    "p",
    { class: "legend" },
    el("span", {}, el("span", { class: "said said-own" }, "in its own voice"), el("span", { class: "aside" }, ` ${own}`)),
    el("span", {}, el("span", { class: "said said-reported" }, "what it reports others saying"), el("span", { class: "aside" }, ` ${claims.length - own}`)),
  );
}

function notes(claims, clusters) {
  return el(
    "ol",
    { class: "notes" },
    claims.map((claim) =>
      el(
        "li",
        { id: `note-${claim.id}` },
        el("p", { class: "content", dir: "auto" }, el("a", { href: `#${anchor(claim)}` }, claim.content)),
        about(claim, clusters.get(claim.cluster_id)),
      ),
    ),
  );
}

function revisions(article) {
  const known = [...(article.revisions ?? [])].sort((a, b) => b.revision - a.revision);
  if (known.length < 2) return "";
  return el(
    "section",
    { class: "revisions" },
    el("h2", {}, "Revisions"),
    el(
      "ol",
      {},
      known.map(({ revision, received_at, title }) =>
        el("li", {}, el("span", {}, `${revision}`), time(received_at), el("span", { dir: "auto" }, title), revision === article.revision && el("span", { class: "tag" }, "shown here")),
      ),
    ),
  );
}

/** The article as nodes, and its MarkedText. `clusters`: as clustersOf gives them; `level`: "h1" on its own page, else "h2". */
export function articleView(article, clusters, level = "h1") {
  const claims = [...(article.claims ?? [])].sort((a, b) => a.span.start_char - b.span.start_char || a.span.end_char - b.span.end_char);
  const text = new MarkedText(article.text, claims, (claim) => about(claim, clusters.get(claim.cluster_id)));
  text.flag((claim) => clusters.get(claim.cluster_id)?.conflict_ids.length > 0);
  const nodes = [
    ...head(article, level),
    became(article, claims, clusters),
    claims.length ? legend(claims) : "",
    el("div", { class: "beside" }, text.node, claims.length ? el("aside", { "aria-label": "Claims" }, el("h2", {}, "Claims"), notes(claims, clusters)) : ""),
    revisions(article),
  ];
  return { nodes, text };
}

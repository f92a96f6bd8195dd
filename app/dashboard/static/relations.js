// How the claims of a cluster stand to each other: what agrees, what parts, and why.

import { counted, differSign, el, nameOf } from "./dom.js";

const SHOWN = 30; // relations of one kind; a big cluster has thousands
const KINDS = [
  { kind: "contradicts", noun: "contradiction", words: "They cannot both be true" },
  { kind: "updates", sign: "→", noun: "update", words: "The later one replaces the earlier" },
  { kind: "refines", sign: "⊃", noun: "refinement", words: "One adds what the other leaves open" },
  { kind: "corroborates", sign: "=", noun: "corroboration", words: "They say the same" },
];

function sideView(claim) {
  const link = el("a", { href: `/articles/${encodeURIComponent(claim.article_id)}#claim-${encodeURIComponent(claim.id)}` }, el("bdi", {}, nameOf(claim.outlet)));
  return el("p", { class: "side" }, link, el("span", { dir: "auto" }, claim.text));
}

function relationView({ a, b, kind, score, reasons }, claims) {
  return el(
    "li",
    { "data-kind": kind },
    [a, b].map((id) => sideView(claims.get(id))),
    (reasons ?? []).map(({ detail }) => el("p", { class: "why", dir: "auto" }, detail)),
    el("p", { class: "score" }, `probability ${Number(score).toFixed(2)}`),
  );
}

/** A group that opens for each kind there is, contradictions open; "" where there is none. */
export function relationsView(relations, claims) {
  const known = relations.filter(({ a, b }) => claims.has(a) && claims.has(b));
  const groups = KINDS.map((told) => ({ ...told, found: known.filter(({ kind }) => kind === told.kind).sort((x, y) => y.score - x.score) })).filter(({ found }) => found.length);
  if (groups.length === 0) return "";
  return el(
    "section",
    { class: "standings" },
    el("h2", {}, "How the claims stand to each other"),
    groups.map(({ kind, sign, noun, words, found }) =>
      el(
        "details",
        { open: kind === "contradicts", "data-kind": kind },
        el("summary", {}, el("span", { class: "sign", "aria-hidden": "true" }, sign ?? differSign()), ` ${counted(found.length, noun)}`, el("span", { class: "aside" }, `: ${words.toLowerCase()}`)),
        el("ul", { class: "relations" }, found.slice(0, SHOWN).map((relation) => relationView(relation, claims))),
        found.length > SHOWN && el("p", { class: "aside" }, `The ${SHOWN} surest are shown.`),
      ),
    ),
  );
}

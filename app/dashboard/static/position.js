// A position: who takes it, how many voices that is, and every sentence that says it.

import { articleAddress, tags } from "./claim.js";
import { inContext } from "./context.js";
import { counted, el, listed, nameOf, time } from "./dom.js";
import { drawnChain } from "./path.js";
import { differing } from "./spans.js";
import { letter, letterView, whoTakes } from "./words.js";

const SHOWN = 4; // sentences of a position before the rest is folded

/** Claims with the same words, or copied from one wire text, in one group; the earliest of a group stands for it. */
export function folded(claims, copies) {
  const copyOf = new Map(copies.flatMap((ids, i) => ids.map((id) => [id, `copy ${i}`])));
  const groups = new Map();
  for (const claim of [...claims].sort((a, b) => new Date(a.published_at) - new Date(b.published_at))) {
    const words = claim.text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
    const key = copyOf.get(claim.id) ?? words;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(claim);
  }
  return [...groups.values()];
}

function relayed(claim) {
  if (!claim.origin_outlet || claim.origin_outlet.id === claim.outlet.id) return null;
  return el("p", { class: "relays" }, "Relays ", el("bdi", {}, nameOf(claim.origin_outlet)), ": not counted as a voice of its own.");
}

function copyView(claim) {
  return el("li", {}, el("bdi", {}, nameOf(claim.outlet)), " ", time(claim.published_at), " ", el("a", { href: articleAddress(claim) }, "read it there", el("span", { class: "unseen" }, ` in ${nameOf(claim.outlet)}`)));
}

function sentence([claim, ...copies], texts, relations) {
  return el(
    "figure",
    { class: "claim", "data-claim": claim.id },
    el("figcaption", {}, el("bdi", {}, nameOf(claim.outlet)), time(claim.published_at), tags(claim), el("a", { href: articleAddress(claim) }, "in the article", el("span", { class: "unseen" }, ` of ${nameOf(claim.outlet)}`))),
    inContext(claim, texts.get(claim.article_id) ?? null, differing(claim, relations)),
    drawnChain(claim),
    relayed(claim),
    copies.length > 0 && el("details", { class: "copies" }, el("summary", {}, `Printed alike ${copies.length === 1 ? "once more" : `${copies.length} times more`}: `, el("bdi", {}, listed(copies.map((copy) => copy.outlet)))), el("ul", {}, copies.map(copyView))),
  );
}

/** A position's panel. `known` has claims by id, `texts` articles' texts by id, `origins` and `copies` as the cluster gives them. */
export function positionPanel(position, index, { between, relations, known, texts, origins, copies }) {
  const { who, through } = whoTakes(position, between);
  const claims = (position.claim_ids ?? []).map((id) => known.get(id)).filter(Boolean);
  const ids = new Set(position.claim_ids ?? []);
  const voices = origins.filter(({ claim_ids }) => claim_ids.some((id) => ids.has(id)));
  const outlets = new Set(claims.map((claim) => claim.outlet.id));
  const telling = new Set((relations ?? []).flatMap(({ a, b }) => [a, b]));
  const groups = folded(claims, copies).sort((a, b) => b.some(({ id }) => telling.has(id)) - a.some(({ id }) => telling.has(id)));
  const views = groups.map((group) => sentence(group, texts, relations));
  return el(
    "section",
    { class: `position position-${index % 4}`, "aria-label": `Position ${letter(index)}: ${who}` },
    el("header", {}, letterView(index), el("div", {}, el("h3", { dir: "auto" }, who || "Nobody named"), through && el("p", { class: "through", dir: "auto" }, through))),
    claims.length
      ? el("p", { class: "voices" }, el("strong", {}, counted(Math.max(voices.length, 1), "independent origin")), ` in ${counted(outlets.size, "outlet")}`, voices.length > 1 && [": ", el("bdi", {}, listed(voices.map(({ outlet }) => outlet)))])
      : el("p", { class: "summary", dir: "auto" }, position.summary),
    views.slice(0, SHOWN),
    views.length > SHOWN && el("details", { class: "folded" }, el("summary", {}, counted(views.length - SHOWN, "more sentence")), views.slice(SHOWN)),
  );
}

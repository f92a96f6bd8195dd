// Spans count Unicode code points; JavaScript strings count UTF-16 units. Here the two meet.

import { el } from "./dom.js";

/** Which parts of `claim.text` differ from the claims it contradicts: ranges `{start, end}` in code points of that text. */
export function differing(claim, relations) {
  const found = [];
  for (const relation of relations ?? []) {
    if (relation.kind !== "contradicts") continue;
    const side = relation.a === claim.id ? "a_span" : relation.b === claim.id ? "b_span" : null;
    if (side === null) continue;
    for (const reason of relation.reasons ?? []) {
      const span = reason[side];
      if (!span) continue;
      const start = Math.max(span.start_char, claim.span.start_char) - claim.span.start_char;
      const end = Math.min(span.end_char, claim.span.end_char) - claim.span.start_char;
      if (start < end) found.push({ start, end });
    }
  }
  return found;
}

/** Cuts `text` at every edge of `ranges`: pieces in order, each `{text, start, over}` with the ranges that lie over it. */
export function pieces(text, ranges) {
  const points = Array.from(text);
  const edges = new Set([0, points.length]);
  for (const { start, end } of ranges) {
    edges.add(Math.min(Math.max(start, 0), points.length));
    edges.add(Math.min(Math.max(end, 0), points.length));
  }
  const cuts = [...edges].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, i) => ({
    text: points.slice(start, cuts[i + 1]).join(""),
    start,
    over: ranges.filter((range) => range.start <= start && start < range.end),
  }));
}

/** `text` as nodes, with <mark> around what the ranges cover; touching marks become one. */
export function marked(text, ranges) {
  const nodes = [];
  let last = null;
  for (const piece of pieces(text, ranges)) {
    const isMarked = piece.over.length > 0;
    if (last && last.isMarked === isMarked) last.node.append(piece.text);
    else {
      last = { isMarked, node: el(isMarked ? "mark" : "span", {}, piece.text) };
      nodes.push(last.node);
    }
  }
  return nodes;
}

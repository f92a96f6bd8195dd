// A claim's sentence where it stands in its article, with the differing words marked.

import { el } from "./dom.js";
import { pieces } from "./spans.js";

const AROUND_CHARS = 220;

/** Where the context of `span` begins and ends in `points`: its paragraph, cut at a word where that is long. */
function around(points, { start_char: start, end_char: end }) {
  let from = start;
  while (from > 0 && points[from - 1] !== "\n" && start - from < AROUND_CHARS) from -= 1;
  let to = end;
  while (to < points.length && points[to] !== "\n" && to - end < AROUND_CHARS) to += 1;
  const cutBefore = from > 0 && points[from - 1] !== "\n";
  const cutAfter = to < points.length && points[to] !== "\n";
  if (cutBefore) while (from < start && points[from] !== " ") from += 1;
  if (cutAfter) while (to > end && points[to - 1] !== " ") to -= 1;
  return { from, to, cutBefore, cutAfter };
}

/** The claim as a quotation: its own words plain, what stands around them pale. `text` is the article's, null while it is not there.
 *
 * `ranges` are the differing parts, in code points of the claim's text.
 */
export function inContext(claim, text, ranges) {
  const points = text === null ? [] : Array.from(text);
  const { start_char, end_char } = claim.span;
  // An article that was revised since is not the one the claim stands in: then the claim's own words must do.
  const stands = points.slice(start_char, end_char).join("") === claim.text;
  const { from, to, cutBefore, cutAfter } = stands ? around(points, claim.span) : { from: 0, to: 0 };
  const own = pieces(claim.text, ranges).map((piece) => (piece.over.length ? el("mark", {}, piece.text) : piece.text));
  const pale = (words) => words && el("span", { class: "around" }, words);
  return el(
    "blockquote",
    { dir: "auto" },
    stands && pale((cutBefore ? "… " : "") + points.slice(from, start_char).join("")),
    el("span", { class: "own" }, own),
    stands && pale(points.slice(end_char, to).join("") + (cutAfter ? " …" : "")),
  );
}

// The list of articles with what became of each.

import { el, nameOf, time } from "./dom.js";
import { Listing, suggestOutlets } from "./listing.js";
import { STATES } from "./article_view.js";

function row(article) {
  const { sign, word } = STATES[article.status] ?? { sign: "?", word: article.status };
  return el(
    "li",
    { class: "row", "data-article": article.id, "data-status": article.status },
    el("p", { class: "standing" }, el("span", { class: "sign", "aria-hidden": "true" }, sign), word),
    el("h2", { dir: "auto" }, el("a", { href: `/articles/${encodeURIComponent(article.id)}` }, article.title || "Untitled article")),
    el("p", { class: "who" }, el("bdi", {}, nameOf(article.outlet)), article.revision > 1 && el("span", { class: "aside" }, ` · revision ${article.revision}`)),
    el("p", { class: "when" }, "published ", time(article.published_at)),
    article.error && el("p", { class: "why", dir: "auto" }, article.error),
  );
}

function nothing(filtered) {
  if (filtered) return [el("strong", {}, "No article fits."), " ", el("a", { href: "/articles" }, "Show all articles"), "."];
  return [el("strong", {}, "Nothing here yet."), " Articles come in over the API, or ", el("a", { href: "/paste" }, "paste one"), "."];
}

new Listing({ path: "/v1/articles", noun: "article", row, nothing });
suggestOutlets(document.getElementById("outlets"));

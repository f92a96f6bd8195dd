// An article's own page.

import { Problem, Watched } from "./api.js";
import { articleView, clustersOf } from "./article_view.js";
import { el } from "./dom.js";
import { Poll } from "./poll.js";

const RARELY = 12; // intervals between looks at an article that is already processed
const content = document.getElementById("content");
const empty = document.getElementById("empty");
const watched = new Watched();
let article = null;
let shown = null;
let text = null;

function show(clusters) {
  const drawn = JSON.stringify([article, [...clusters]]);
  if (drawn === shown) return;
  const first = shown === null;
  const view = articleView(article, clusters);
  shown = drawn;
  text = view.text;
  document.title = `${article.title || "Untitled article"} · Parallax`;
  content.replaceChildren(el("p", { class: "back" }, el("a", { href: "/articles" }, "All articles")), ...view.nodes);
  content.removeAttribute("aria-busy");
  empty.hidden = true;
  if (first && location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView({ block: "center" });
}

addEventListener("hashchange", () => text?.aim());

new Poll(async () => {
  try {
    article = (await watched.get(`/v1/articles/${encodeURIComponent(document.body.dataset.id)}`)) ?? article;
  } catch (error) {
    watched.forget();
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    content.replaceChildren();
    content.removeAttribute("aria-busy");
    empty.classList.remove("loading");
    empty.replaceChildren(el("strong", {}, "There is no such article."), " It may have been withdrawn. ", el("a", { href: "/articles" }, "All articles"));
    empty.hidden = false;
    shown = null;
    return RARELY;
  }
  if (shown === null) show(new Map()); // the text does not wait for what others say
  show(await clustersOf(article));
  return article.status === "received" ? 1 : RARELY;
});

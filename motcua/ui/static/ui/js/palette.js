/** Ctrl-K: the pages of the navigation and what the search finds, in one box.
 *
 *  The results are asked from the search page itself, which answers with its list alone when
 *  `HX-Target` is `palette-results`; without this script the top bar's form opens that page.
 */

const palette = document.getElementById("palette");
const field = palette?.querySelector("input[type=search]");
const results = palette?.querySelector("[data-results]");
const pages = palette?.querySelector("[data-pages]");

/** The text without case and diacritics, as the server folds it. */
const fold = (text) =>
  text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{Mn}/gu, "");

let asked = 0;
let timer = 0;

function open(text = "") {
  if (palette.open) return;
  palette.showModal();
  field.value = text;
  refresh();
}

function refresh() {
  showPages(field.value);
  clearTimeout(timer);
  timer = setTimeout(ask, 140);
}

function showPages(text) {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const found = [...document.querySelectorAll("#nav a")]
    .filter((link) => words.every((word) => fold(link.textContent).includes(word)))
    .slice(0, 6)
    .map((link) => {
      const line = document.createElement("li");
      const copy = document.createElement("a");
      copy.href = link.href;
      copy.className = "result";
      const icon = link.querySelector("svg")?.cloneNode(true);
      const title = document.createElement("span");
      title.className = "result-title";
      title.textContent = link.querySelector("span")?.textContent ?? link.textContent.trim();
      copy.append(...(icon ? [icon] : []), title);
      line.append(copy);
      return line;
    });
  pages.replaceChildren(...found);
  pages.hidden = !found.length;
  choose(0);
}

async function ask() {
  const text = field.value.trim();
  const mine = ++asked;
  if (text.length < 2) {
    results.replaceChildren();
    return;
  }
  const address = new URL(palette.dataset.search, location.href);
  address.searchParams.set("q", text);
  try {
    const answer = await fetch(address, {
      headers: { "HX-Request": "true", "HX-Target": "palette-results" },
    });
    if (mine !== asked || !answer.ok || answer.redirected) return;
    const html = await answer.text();
    if (mine !== asked) return;
    results.innerHTML = html;
    choose(0);
  } catch {
    // No network: Enter still opens the search page, which says so.
  }
}

const lines = () => [...palette.querySelectorAll("a.result")];

function choose(place) {
  const all = lines();
  all.forEach((line, i) => line.classList.toggle("is-current", i === place));
  all[place]?.scrollIntoView({ block: "nearest" });
}

if (palette) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  document.querySelector("[data-palette-open] input")?.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    open(event.target.value);
  });
  field.addEventListener("input", (event) => {
    if (!event.isComposing) refresh();
  });
  field.addEventListener("compositionend", refresh);
  palette.addEventListener("keydown", (event) => {
    const all = lines();
    const place = all.findIndex((line) => line.classList.contains("is-current"));
    if (event.key === "ArrowDown") choose(Math.min(place + 1, all.length - 1));
    else if (event.key === "ArrowUp") choose(Math.max(place - 1, 0));
    else if (event.key === "Enter" && all[place] && !event.isComposing) location.assign(all[place].href);
    else return;
    event.preventDefault();
  });
}

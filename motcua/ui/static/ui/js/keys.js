/** Keys of lists and of text beside source. Never while a field has the focus, never with an
 *  input method composing, never together with Ctrl, Alt or Meta.
 *
 *  [data-walk]      a container whose [data-item]s are walked with ↑ ↓ J K
 *  [data-open]      inside an item: what Enter presses
 *  [data-key="x"]   pressed by its letter: inside the current item first, then on the page
 */

const typing = (target) =>
  target.closest?.("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");

const items = () => [...document.querySelectorAll("[data-walk] [data-item]")]
  .filter((item) => item.offsetParent !== null);

let current = null;

/** Make an item the current one; its main link or itself takes the focus. */
export function choose(item) {
  current?.classList.remove("is-current");
  current = item;
  if (!item) return;
  item.classList.add("is-current");
  const link = item.querySelector("[data-open]") ?? item;
  if (link === item && !item.hasAttribute("tabindex")) item.tabIndex = -1;
  link.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
  item.dispatchEvent(new CustomEvent("item:chosen", { bubbles: true }));
}

/* A swapped part brings the current item back as another element of the same name. */
document.addEventListener("htmx:after:swap", () => {
  if (!current || current.isConnected) return;
  const again = current.id && document.getElementById(current.id);
  if (again) choose(again);
});

function walk(step) {
  const all = items();
  if (!all.length) return false;
  const focused = document.activeElement?.closest("[data-item]");
  const place = all.indexOf(focused ?? current);
  choose(all[Math.min(Math.max(place + step, 0), all.length - 1)]);
  return true;
}

function pressed(key) {
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  const item = document.activeElement?.closest("[data-item]") ?? current;
  const found = item?.querySelector(wanted) ?? document.querySelector(wanted);
  if (!found || found.disabled) return false;
  if (found.matches("input[type=search], input[type=text]")) {
    found.focus();
    found.select();
  } else {
    found.click();
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (document.querySelector("dialog[open]") || typing(event.target)) {
    if (event.key === "Escape" && typing(event.target)?.matches(".filters input")) event.target.blur();
    return;
  }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  let done = false;
  if (key === "ArrowDown" || key === "j") done = walk(1);
  else if (key === "ArrowUp" || key === "k") done = walk(-1);
  else if (key === "?") done = showKeys();
  else if (key === "Enter") {
    const item = event.target.closest("[data-item]");
    if (event.target === item) done = pressed("Enter") || open(item);
  } else done = pressed(key);
  if (done) event.preventDefault();
});

function open(item) {
  const link = item.querySelector("[data-open]");
  link?.click();
  return Boolean(link);
}

/** The dialogue of keys, with the keys of this page read from its buttons. */
function showKeys() {
  const dialog = document.getElementById("keys");
  const place = dialog?.querySelector("[data-page-keys]");
  if (!place) return false;
  const known = new Set(["x", "/", "n"]);
  const list = document.createElement("dl");
  list.className = "keys";
  for (const one of document.querySelectorAll("[data-key]")) {
    const { key } = one.dataset;
    const words = (one.getAttribute("aria-label") ?? one.textContent).trim();
    if (known.has(key) || !words) continue;
    known.add(key);
    const line = document.createElement("div");
    const name = document.createElement("dt");
    const kbd = document.createElement("kbd");
    kbd.textContent = key.length === 1 ? key.toUpperCase() : key;
    name.append(kbd);
    const meaning = document.createElement("dd");
    meaning.textContent = words;
    line.append(name, meaning);
    list.append(line);
  }
  place.replaceChildren(list);
  dialog.showModal();
  return true;
}

document.addEventListener("focusin", (event) => {
  const item = event.target.closest("[data-item]");
  if (item && item !== current) {
    current?.classList.remove("is-current");
    current = item;
    item.classList.add("is-current");
  }
});

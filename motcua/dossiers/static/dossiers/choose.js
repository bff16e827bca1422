/** The procedure, chosen from the keyboard: what the server found is a list under the box, ↑ ↓ move
 *  in it, Enter opens. Without this script Enter sends the form and the list is links.
 *
 *  An input method that composes keeps its keys. What was typed after the list came is asked for
 *  before Enter opens anything.
 */
const box = document.getElementById("procedure-q");
const squeezed = () => box.value.trim().split(/\s+/).join(" ");
const found = () => document.getElementById("found");
const options = () => [...found().querySelectorAll("a[data-option]")];
let wanted = false;

function dress() {
  const list = found().querySelector("ul");
  box.setAttribute("aria-expanded", String(Boolean(list)));
  box.removeAttribute("aria-activedescendant");
  if (!list) return;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.labels[0].textContent);
  for (const line of list.children) line.setAttribute("role", "presentation");
  options().forEach((option, place) => {
    option.id = `found-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.tabIndex = -1;
  });
  choose(0);
}

function choose(place) {
  const all = options();
  if (!all.length) return;
  const chosen = Math.min(Math.max(place, 0), all.length - 1);
  all.forEach((option, i) => {
    option.classList.toggle("is-current", i === chosen);
    option.setAttribute("aria-selected", String(i === chosen));
  });
  all[chosen].scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", all[chosen].id);
}

const current = () => options().findIndex((option) => option.classList.contains("is-current"));
const isFresh = () => found().dataset.q === squeezed();

box.setAttribute("role", "combobox");
box.setAttribute("aria-autocomplete", "list");
box.setAttribute("aria-controls", "found");
dress();

box.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "ArrowDown") choose(current() + 1);
  else if (event.key === "ArrowUp") choose(current() - 1);
  else if (event.key === "Enter" && squeezed()) {
    if (!isFresh()) wanted = true;
    else options()[current()]?.click();
  } else {
    wanted = false;
    return;
  }
  event.preventDefault();
});

document.addEventListener("htmx:after:swap", () => {
  dress();
  if (wanted && isFresh()) options()[current()]?.click();
  if (isFresh()) wanted = false;
});

/** What belongs to every page: theme, dialogues, confirmations, messages, ticked rows, details
 *  beside the list. All of it works without this script, in a plainer way. */

document.documentElement.classList.add("scripted");

/* --- theme: kept in a cookie, so that the server draws the next page in it at once */
document.addEventListener("change", (event) => {
  const choice = event.target.closest("[data-theme-choice] input");
  if (!choice) return;
  if (choice.value) document.documentElement.dataset.theme = choice.value;
  else delete document.documentElement.dataset.theme;
  const age = choice.value ? 31536000 : 0;
  document.cookie = `theme=${choice.value}; path=/; max-age=${age}; samesite=lax`;
});

/* --- dialogues */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (dialog) {
      event.preventDefault();
      opener.closest("details")?.removeAttribute("open");
      dialog.showModal();
    }
    return;
  }
  if (event.target instanceof HTMLDialogElement) event.target.close(); // the veil
});

/* --- drop-downs close by Escape and by a click elsewhere */
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("[data-dropdown][open]")) {
    if (!open.contains(event.target)) open.removeAttribute("open");
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll("[data-dropdown][open]")) {
    open.removeAttribute("open");
    open.querySelector("summary").focus();
  }
});

/* --- confirmation: the same click goes through once it was answered */
const confirmed = new WeakSet();
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-confirm]");
  if (!button || confirmed.delete(button)) return;
  const dialog = document.getElementById("confirm");
  if (!dialog?.showModal) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  dialog.querySelector("[data-confirm-text]").textContent = button.dataset.confirm;
  dialog.querySelector("[data-confirm-yes]").textContent = button.textContent.trim();
  dialog.returnValue = "";
  dialog.addEventListener("close", () => {
    button.focus();
    if (dialog.returnValue !== "yes") return;
    confirmed.add(button);
    button.click();
  }, { once: true });
  dialog.showModal();
}, true);

/* --- ticked rows: how many */
document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-bulk]");
  const words = form?.querySelector("[data-bulk-count]");
  if (!words) return;
  words.dataset.words ??= words.textContent;
  const count = form.querySelectorAll("input[name=selected]:checked").length;
  words.dataset.count = count;
  words.textContent = count ? `${count} ✓` : words.dataset.words;
});

/* --- details beside the list, where there is room for both */
const room = matchMedia("(min-width: 1181px)");
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-beside]");
  if (!link || !room.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const beside = document.getElementById("beside");
  if (!beside || !window.htmx) return;
  event.preventDefault();
  for (const row of document.querySelectorAll("tr.is-open")) row.classList.remove("is-open");
  link.closest("[data-item]")?.classList.add("is-open");
  // The library names the source of the request, not what a script asks it to fill.
  const headers = { "HX-Target": "aside#beside" };
  await window.htmx.ajax("GET", link.href, { target: "#beside", swap: "innerHTML", headers });
});

/* --- after a swap: a new error summary takes the focus, as on a full page; one that stands while
       another part of the page is swapped does not take it away from who is typing */
const focused = new WeakSet();
function focusOnError() {
  const summary = document.querySelector("[data-focus]");
  if (!summary || focused.has(summary)) return;
  focused.add(summary);
  summary.focus();
}
document.addEventListener("htmx:after:swap", focusOnError);
focusOnError();

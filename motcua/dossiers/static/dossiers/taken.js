/** After a dossier was taken in: once its slip was opened to print, the next one is a key away. */
const next = document.querySelector("[data-next-intake]");
document.querySelector("[data-print-first]")?.addEventListener("click", () => {
  setTimeout(() => next?.focus(), 0);
});

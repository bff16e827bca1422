/** The intake, typed without a mouse: Enter goes on to the next field, Ctrl+Enter receives, Enter
 *  after a number of identity asks who that is. Arrows move in the table of papers, so that Tab
 *  passes it in one stop a paper. Without this script every field is a stop, as on any form.
 */
const form = document.getElementById("intake");
const recall = form.querySelector("button[value=recall]");
const receive = form.querySelector("button[value=receive]");
const papers = form.querySelector("table.papers");

recall.tabIndex = -1;
for (const extra of form.querySelectorAll("table.papers td input, .date-box button")) extra.tabIndex = -1;

/* What Enter goes on to: a fold is opened on purpose, with Tab. */
const stops = () => [...form.querySelectorAll("input, select, textarea, button")].filter(
  (one) => one.tabIndex >= 0 && !one.disabled && one.type !== "hidden" && one.checkVisibility());

form.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.metaKey) return;
  const field = event.target;
  if (event.key === "Enter" && event.ctrlKey) {
    event.preventDefault();
    form.requestSubmit(receive);
  } else if (event.key === "Enter" && field.matches("input:not([type=file]), select")) {
    event.preventDefault();
    if (field.name === "id_number" && field.value.trim()) form.requestSubmit(recall);
    else stops()[stops().indexOf(field) + 1]?.focus();
  } else if (papers?.contains(field) && move(field, event.key)) event.preventDefault();
});

/** The paper's boxes: → ← along the row, ↓ ↑ from paper to paper. */
function move(field, key) {
  const rows = [...papers.tBodies[0].rows].map((row) => [...row.querySelectorAll("input")]);
  const line = rows.findIndex((row) => row.includes(field));
  const place = rows[line].indexOf(field);
  const next = {
    ArrowRight: rows[line][place + 1],
    ArrowLeft: rows[line][place - 1],
    ArrowDown: rows[line + 1]?.[place],
    ArrowUp: rows[line - 1]?.[place],
  }[key];
  if (next) {
    next.focus();
    next.select?.();
  }
  return key.startsWith("Arrow"); // a count is typed, not turned
}

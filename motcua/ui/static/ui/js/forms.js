/** What guards a form: it is sent once, nothing typed is lost, dates and money are easy to type.
 *
 *  <form data-guard>  warns before unsaved words are left, keeps them for the case that the
 *                     session ends, and offers them again on the same page
 */

/* --- sent once */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-busy", "true");
  // A page that comes back from the browser's memory, or a slow answer, may be sent again.
  setTimeout(() => released(form), 8000);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(released));
document.addEventListener("htmx:finally:request", () =>
  document.querySelectorAll("form[data-sent]").forEach(released));

function released(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

/* --- nothing typed is lost */
const guarded = document.querySelector("form[data-guard]");
if (guarded) {
  const place = `typed:${location.pathname}:${guarded.id}`;
  const kept = () => [...guarded.elements].filter((field) =>
    field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type));
  const words = () => JSON.stringify(kept().map((field) =>
    [field.name, ["checkbox", "radio"].includes(field.type) ? field.checked : field.value, field.value]));
  const before = words();
  let sending = false;

  const stored = sessionStorage.getItem(place);
  if (stored && stored !== before && !guarded.querySelector("[aria-invalid]")) offer(stored);
  guarded.addEventListener("input", () => sessionStorage.setItem(place, words()));
  guarded.addEventListener("submit", () => { sending = true; });
  addEventListener("beforeunload", (event) => {
    if (!sending && words() !== before) event.preventDefault();
  });
  if (document.querySelector(".message:not(.message-late)")) sessionStorage.removeItem(place);

  function offer(text) {
    const template = guarded.querySelector("template[data-restore]");
    if (!template) return;
    guarded.prepend(template.content.cloneNode(true));
    guarded.querySelector("[data-restore-yes]").addEventListener("click", () => {
      const fields = kept();
      JSON.parse(text).forEach(([name, value, own], i) => {
        const field = fields[i];
        if (field?.name !== name) return;
        if (["checkbox", "radio"].includes(field.type)) field.checked = value && field.value === own;
        else field.value = value;
      });
      guarded.querySelector("[data-restored]").remove();
    });
    guarded.querySelector("[data-restore-no]").addEventListener("click", () => {
      sessionStorage.removeItem(place);
      guarded.querySelector("[data-restored]").remove();
    });
  }
}

/* --- dates: a calendar button beside the typed field */
const two = (number) => String(number).padStart(2, "0");
for (const field of document.querySelectorAll("input[data-date]")) {
  if (!("showPicker" in HTMLInputElement.prototype)) break;
  const box = document.createElement("span");
  box.className = "date-box";
  const native = document.createElement("input");
  native.type = "date";
  native.tabIndex = -1;
  native.setAttribute("aria-hidden", "true");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-icon";
  button.setAttribute("aria-label", document.documentElement.lang === "en" ? "Choose from a calendar" : "Chọn trên lịch");
  const icon = document.querySelector("svg.icon use")?.getAttribute("href")?.split("#")[0];
  if (icon) button.innerHTML = `<svg class="icon" aria-hidden="true"><use href="${icon}#calendar3"></use></svg>`;
  field.replaceWith(box);
  box.append(field, button, native);
  button.addEventListener("click", () => {
    const typed = field.value.match(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/);
    if (typed) native.value = `${typed[3]}-${two(typed[2])}-${two(typed[1])}`;
    native.showPicker();
  });
  native.addEventListener("change", () => {
    if (!native.value) return;
    field.value = native.value.split("-").reverse().join("/");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
/* 05022024 becomes 05/02/2024 when the field is left */
document.addEventListener("focusout", (event) => {
  const field = event.target;
  if (!field.matches?.("input[data-date]")) return;
  const digits = field.value.trim().match(/^(\d{2})(\d{2})(\d{4})$/);
  if (digits) field.value = `${digits[1]}/${digits[2]}/${digits[3]}`;
});

/* --- money: digits in groups while typing */
document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches?.("input[data-money]") || event.isComposing) return;
  const digits = field.value.replace(/\D/g, "");
  if (/[^\d.\s]/.test(field.value)) return; // words are left as they are; the server judges
  const end = field.value.length - field.selectionEnd;
  field.value = digits.replace(/\B(?=(\d{3})+(?!\d))/g, ".");
  const place = Math.max(field.value.length - end, 0);
  field.setSelectionRange(place, place);
});

/* --- people: where there are many, a box that finds them with or without diacritics */
const fold = (text) =>
  text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{Mn}/gu, "");
for (const select of document.querySelectorAll("select[data-person-select]")) {
  if (select.options.length < 12 || select.multiple) continue;
  const box = document.createElement("input");
  const list = document.createElement("datalist");
  list.id = `${select.id}-people`;
  for (const option of select.options) {
    if (!option.value) continue;
    const copy = document.createElement("option");
    copy.value = option.textContent.trim();
    list.append(copy);
  }
  box.type = "text";
  box.setAttribute("list", list.id);
  box.autocomplete = "off";
  box.id = `${select.id}-find`;
  if (select.selectedOptions[0]?.value) box.value = select.selectedOptions[0].textContent.trim();
  const label = document.querySelector(`label[for="${select.id}"]`);
  if (label) label.htmlFor = box.id;
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (select.hasAttribute(name)) box.setAttribute(name, select.getAttribute(name));
  }
  box.addEventListener("change", () => {
    const text = fold(box.value.trim());
    const options = [...select.options].filter((option) => option.value);
    const found = options.find((option) => fold(option.textContent.trim()) === text)
      ?? options.find((option) => text && fold(option.textContent).includes(text));
    select.value = found?.value ?? "";
    box.value = found ? found.textContent.trim() : "";
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
  select.hidden = true;
  select.after(box, list);
}

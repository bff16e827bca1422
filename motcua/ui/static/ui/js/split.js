/** Text and source side by side: what is pointed at on one side lights up on the other.
 *
 *  [data-split]                 around both sides
 *  [data-source-span="120:340"] a stretch of the source
 *  [data-span="120:340"]        what was understood from it
 *
 *  Two match where their stretches overlap. Keys (keys.js): ↑ ↓ walk over what was understood;
 *  Enter, E, S, M press the buttons of the current one (data-key).
 */

const stretch = (text) => text.split(":").map(Number);
const overlaps = ([a, b], [c, d]) => a < d && c < b;

for (const split of document.querySelectorAll("[data-split]")) {
  const lit = new Set();

  function light(element) {
    for (const old of lit) old.classList.remove("is-lit");
    lit.clear();
    if (!element) return;
    const fromSource = element.hasAttribute("data-source-span");
    const own = stretch(fromSource ? element.dataset.sourceSpan : element.dataset.span);
    const others = [...split.querySelectorAll(fromSource ? "[data-span]" : "[data-source-span]")]
      .filter((other) => overlaps(own, stretch(fromSource ? other.dataset.span : other.dataset.sourceSpan)));
    for (const one of [element, ...others]) {
      one.classList.add("is-lit");
      lit.add(one);
    }
    scrollTo(others[0]);
  }

  /** Only inside the side's own box: the page itself stays where it is. */
  function scrollTo(element) {
    const box = element?.closest(".pane-body");
    if (!box) return;
    const inner = element.getBoundingClientRect();
    const outer = box.getBoundingClientRect();
    if (inner.top < outer.top || inner.bottom > outer.bottom) {
      box.scrollTop += inner.top - outer.top - outer.height / 3;
    }
  }

  /* Chosen words of the source become an item: the link takes their place along. */
  const adder = split.querySelector("[data-add-passage]");
  if (adder) {
    const address = adder.href;
    const place = (node, offset) => {
      const span = node?.parentElement?.closest("[data-source-span]");
      return span && split.contains(span) ? stretch(span.dataset.sourceSpan)[0] + offset : null;
    };
    document.addEventListener("selectionchange", () => {
      const chosen = document.getSelection();
      const ends = [place(chosen.anchorNode, chosen.anchorOffset), place(chosen.focusNode, chosen.focusOffset)];
      adder.hidden = chosen.isCollapsed || ends.includes(null);
      if (!adder.hidden) adder.href = `${address}?from=${Math.min(...ends)}:${Math.max(...ends)}`;
    });
  }

  const marked = (target) => target.closest?.("[data-span], [data-source-span]");
  split.addEventListener("pointerover", (event) => {
    const element = marked(event.target);
    if (element && !lit.has(element)) light(element);
  });
  split.addEventListener("focusin", (event) => light(marked(event.target)));
  split.addEventListener("item:chosen", (event) => light(event.target));
  split.addEventListener("click", (event) => {
    const source = event.target.closest("[data-source-span]");
    if (!source) return;
    const own = stretch(source.dataset.sourceSpan);
    const item = [...split.querySelectorAll("[data-item][data-span]")]
      .find((one) => overlaps(own, stretch(one.dataset.span)));
    if (!item) return;
    item.tabIndex = -1;
    item.focus({ preventScroll: true });
    scrollTo(item);
  });
}

/** A visitor's number: buttons that print the page (hidden without script), and the way back to the
 *  big button for the next visitor, once nobody has touched the screen for a while. */
const SECONDS = 30;

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

const back = document.querySelector("[data-return]");
if (back) {
  let waiting;
  const wait = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => window.location.assign(back.href), SECONDS * 1000);
  };
  for (const touch of ["pointermove", "pointerdown", "keydown"]) window.addEventListener(touch, wait);
  wait();
}

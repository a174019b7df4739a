// Says what changed to those who hear the page instead of seeing it.

let waiting = [];
let timer = null;

/** Has a screen reader say *text* when it is next silent; what comes within a moment is said together. */
export function announce(text) {
  waiting.push(text);
  clearTimeout(timer);
  timer = setTimeout(() => {
    const region = document.getElementById("announcer");
    const said = waiting.join(" ");
    waiting = [];
    // The same words again are a change only with something to tell them apart.
    region.textContent = region.textContent === said ? `${said}\u00a0` : said;
  }, 120);
}

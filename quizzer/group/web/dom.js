// Builds elements from data: text only ever becomes text, so that no name or answer can become markup.

/** An element with these properties and children; strings among the children are text, null and false are left out. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** What a person wrote as a name, kept apart from the direction of the text around it. */
export function named(name) {
  return el("bdi", { class: "name" }, name);
}

/** What a person wrote as an answer, with its own line breaks and direction. */
export function quoted(text) {
  return el("blockquote", { dir: "auto" }, text);
}

/** Sets the text of *element*, and only when it changes: a live region would read it again. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Whether somebody is typing, or a dialog is open: focus stays where it is then. */
export function isBusy() {
  if (document.querySelector("dialog[open]")) return true;
  const active = document.activeElement;
  return Boolean(active?.matches("input:not([type=checkbox], [type=radio]), textarea")) && !active.readOnly;
}

/** Puts focus at the beginning of a new screen, for those who cannot see that it is new. */
export function moveFocus(target) {
  if (!target || isBusy()) return;
  if (!target.matches("input, textarea, button, [tabindex]")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

/** "1 player", "2 players". */
export function counted(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

/** Points as people write them: whole, or with one decimal. */
export function pointsText(points) {
  return Number.isInteger(points) ? String(points) : points.toFixed(1);
}

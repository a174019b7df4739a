// The check-box by which a player lets an answer be shown with the name on it.

import { el } from "./dom.js";

let number = 0;

/** A check-box that says and sets the player's consent, in step with the host. */
export function consentBox(game) {
  const id = `consent-${++number}`;
  const box = el("input", { type: "checkbox", id, onchange: () => game.connection.ask({ t: "consent", yes: box.checked }) });
  const node = el("label", { class: "choice", for: id }, box, "My answer may be shown with my name");
  return {
    node,
    update() {
      if (game.you && document.activeElement !== box) box.checked = game.you.consents;
    },
  };
}

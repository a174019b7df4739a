// Screens that end a visit: sent away, open elsewhere.

import { el } from "./dom.js";

/** A screen with a heading, a few words, and one thing to do. */
function notice(key, title, text, button, onClick) {
  const heading = el("h1", {}, title);
  const node = el("section", {}, heading, el("p", { class: "lead" }, text),
    el("button", { type: "button", class: "primary", onclick: onClick }, button));
  return { key, node, heading, update() {} };
}

export const replaced = (onHere) => notice("replaced", "This quiz is open in another tab",
  "Or on another device. You are one player wherever it is open, and it runs in the latest one. Nothing is lost.",
  "Use it here", onHere);

export const kicked = (onAgain) => notice("kicked", "The host has taken you out of the quiz",
  "If that was a mistake, tell the host, and join again.", "Join again", onAgain);

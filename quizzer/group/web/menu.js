// The menu: who one is, how to come back on another device, and leaving.

import { consentBox } from "./consent.js";
import { el, named } from "./dom.js";

/** How to open the menu; *onForget* is leaving on this device. */
export function menu(game, { onForget }) {
  const dialog = document.getElementById("menu");
  dialog.addEventListener("close", () => dialog.replaceChildren());

  return function open() {
    const { who, you, room } = game;
    const consent = consentBox(game);
    const heading = el("h2", { id: "menu-heading", tabindex: "-1" }, "Menu");
    const leave = () => {
      dialog.close();
      onForget();
    };
    dialog.replaceChildren(
      heading,
      el("p", { class: "lead" }, "You are ", named(who.name), you?.team && [", team ", named(you.team)],
        room?.table?.length > 0 && `, ${you?.points ?? 0} points so far`),
      el("h3", {}, "Go on with another device"),
      el("p", {}, "Open this page there, choose “I was in this quiz on another device”, and type your personal code. Keep it to yourself: whoever has it plays as you."),
      el("output", { class: "code large", "aria-label": "Your personal code" }, who.personal),
      el("p", { class: "address" }, location.href),
      el("h3", {}, "Show my answers"),
      consent.node,
      el("div", { class: "buttons" },
        el("button", { type: "button", class: "primary", onclick: () => dialog.close() }, "Back to the quiz"),
        el("button", { type: "button", class: "quiet", onclick: leave }, "Leave on this device")));
    consent.update();
    dialog.showModal();
    heading.focus();
  };
}

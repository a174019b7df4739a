// Which team one is in: chosen from those there are, or founded; or drawn by the host.

import { announce } from "./announce.js";
import { counted, el, named } from "./dom.js";

/** A box in which a player sees and, where players may, chooses the team. */
export function teamChoice(game) {
  const node = el("div", { class: "teams" });
  let drawn = "";

  function update() {
    const { room, you } = game;
    const mayChoose = room.teams_mode === "choose" && (room.phase === "lobby" || !you.team);
    const now = JSON.stringify([mayChoose, room.teams_mode, room.teams_open, room.teams, you.team]);
    if (now === drawn) return;
    drawn = now;
    if (mayChoose) redraw(() => choices(room, you));
    else if (room.teams_mode === "draw") showDrawn(you.team);
    else node.replaceChildren();
  }

  /** Draws the choices anew, with the focus and what is typed where they were. */
  function redraw(parts) {
    const typed = node.querySelector("#team")?.value ?? "";
    const { id, value } = node.contains(document.activeElement) ? document.activeElement : {};
    node.replaceChildren(...parts());
    const field = node.querySelector("#team");
    if (field) field.value = typed;
    [...node.querySelectorAll("input")].find((input) => (id ? input.id === id : input.value === value))?.focus();
  }

  function choices({ teams, teams_open: open }, { team }) {
    return [
      teams.length > 0 && el("fieldset", {},
        el("legend", {}, "Your team"),
        teams.map(({ name, players }) => el("label", { class: "choice" },
          el("input", { type: "radio", name: "team", value: name, checked: name === team, onchange: () => choose(name) }),
          named(name), el("span", { class: "quietly" }, counted(players, "player"))))),
      open && founding(),
      el("p", { class: "problem", role: "alert" }),
    ].filter(Boolean);
  }

  function founding() {
    const input = el("input", { id: "team", required: true, maxlength: 64, dir: "auto", autocomplete: "off" });
    const found = (event) => {
      event.preventDefault();
      choose(input.value.trim());
      input.value = "";
    };
    return el("form", { class: "inline", onsubmit: found },
      el("div", { class: "field" }, el("label", { for: "team" }, "A new team"), input),
      el("button", {}, "Add it"));
  }

  async function choose(team) {
    const reply = await game.connection.ask({ t: "team", team });
    const problem = node.querySelector(".problem");
    if (problem) problem.textContent = reply.t === "ack" ? "" : `${reply.message}.`;
    if (reply.t === "ack") announce(`Your team: ${team}.`);
  }

  function showDrawn(team) {
    node.replaceChildren(el("p", { class: "lead" }, team ? ["Your team: ", el("strong", {}, named(team))] : "Teams are drawn by lot."));
    if (team && game.room.phase === "lobby") announce(`Your team: ${team}.`);
  }

  return { node, update };
}

// The end: the final table, and the session to take home.

import { el, pointsText, setText } from "./dom.js";
import { playersTable, teamsTable } from "./standings.js";
import { ordinal } from "./words.js";

const SPREAD_MS = 4000;
const FILE = "quizzer-session.json";

/** The last screen. */
export function ending(game) {
  const heading = el("h1", {}, "The quiz is over");
  const result = el("p", { class: "lead" });
  const tables = el("div");
  const outcome = el("p", { class: "note", role: "status" });
  const home = el("section", { class: "home", "aria-labelledby": "home-heading" },
    el("h2", { id: "home-heading" }, "Take it home"),
    el("p", {}, "The questions, your answers and their marks, as a file. Imported into quizzer, what you missed comes back until you know it."),
    el("button", { type: "button", class: "primary", onclick: download }, "Download my session"),
    outcome,
    el("p", {}, "Then, on your own machine:"),
    el("pre", { class: "command" }, el("code", {}, `quizzer import session ${FILE}`)));
  const node = el("section", { class: "ending" }, heading, result, tables, home);
  let drawn = "";
  let file = null;
  // Fetched before it is asked for, since the host may leave; not by the whole room in the same instant.
  const timer = setTimeout(() => fetched().catch(() => {}), Math.random() * SPREAD_MS);

  function update() {
    const { room, you } = game;
    const now = JSON.stringify([room, you]);
    if (now === drawn) return;
    drawn = now;
    setText(result, you?.place ? `You came ${ordinal(you.place)} of ${room.count}, with ${pointsText(you.points)} points.` : "");
    tables.replaceChildren(
      ...(room.team_table?.length ? [teamsTable(room.team_table, you?.team)] : []),
      ...(room.table?.length ? [playersTable(room.table, you, "Final table")] : []));
  }

  async function fetched() {
    clearTimeout(timer);
    if (file) return file;
    const headers = { Authorization: `Bearer ${game.who.token}` };
    const answer = await fetch(new URL("session.json", document.baseURI), { headers });
    if (!answer.ok) throw new Error(await answer.text());
    file = await answer.blob();
    return file;
  }

  async function download() {
    setText(outcome, "Fetching…");
    try {
      save(await fetched());
      setText(outcome, `Saved as ${FILE}, where this browser keeps its downloads.`);
    } catch {
      setText(outcome, "The host does not answer any more. Ask the host for your results: they are on the host's machine.");
    }
  }

  return { key: "end", node, heading, update, leave: () => clearTimeout(timer) };
}

function save(blob) {
  const link = el("a", { href: URL.createObjectURL(blob), download: FILE });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// After a question: one's own mark in words, the reference, the room, the best answer, the table.

import { announce } from "./announce.js";
import { consentBox } from "./consent.js";
import { counted, el, quoted } from "./dom.js";
import { rendered } from "./markup.js";
import { bestAnswer, playersTable, roomPoints, roomSentence, teamsTable } from "./standings.js";
import { teamChoice } from "./teams.js";
import { ordinal, verdict } from "./words.js";

/** The screen of one revealed question. */
export function reveal(game) {
  const { number, html } = game.room.question;
  const heading = el("h1", { class: "step" }, `Question ${number + 1} of ${game.room.questions}: the answer`);
  const own = el("div", { class: "own-mark" });
  const rest = el("div");
  const consent = consentBox(game);
  const teams = teamChoice(game); // for those who came after the lobby
  const node = el("section", { class: "reveal" }, heading, rendered(html), own, teams.node, rest, consent.node);
  const drawn = { own: "", rest: "" };
  let said = false;

  function update() {
    const { room, you } = game;
    const current = you?.question === number || you?.question === null ? you : null;
    redraw("own", own, [current, room.reveal?.skipped, room.count], () => ownParts(room, current));
    redraw("rest", rest, [room.reveal, room.table, room.team_table, you], () => restParts(room, you));
    consent.update();
    if (room.teams_mode === "choose") teams.update();
    if (current && !said) {
      said = true;
      announce(spoken(room, current));
    }
  }

  function redraw(name, into, values, parts) {
    const now = JSON.stringify(values);
    if (drawn[name] === now) return;
    drawn[name] = now;
    into.replaceChildren(...parts().flat().filter(Boolean));
  }

  return { key: `reveal:${number}`, node, heading, update };
}

function spoken(room, you) {
  if (room.reveal?.skipped) return "The question was skipped.";
  if (!wasAsked(you)) return "";
  const { title, detail } = verdict(you.mark, you.answer);
  return `${title}. ${detail}`;
}

const wasAsked = (you) => you.question !== null;

function ownParts(room, you) {
  if (room.reveal?.skipped) return [banner("none", "Skipped", "The host dropped this question: it counts for nobody.")];
  if (!you) return [];
  if (!wasAsked(you)) return [banner("none", "Not asked", "You came after this question was closed. The next one is yours.")];
  const { title, tone, detail } = verdict(you.mark, you.answer);
  return [
    banner(tone, title, detail, you.place && `You are ${ordinal(you.place)} of ${room.count}, with ${counted(you.points, "point")} in all.`),
    you.answer?.trim() && el("details", { class: "said", open: true }, el("summary", {}, "Your answer"), quoted(you.answer)),
    ...pointLists(you.mark),
  ];
}

function banner(tone, title, detail, standing = "") {
  return el("div", { class: `banner ${tone}` }, el("p", { class: "verdict" }, title), el("p", {}, detail),
    standing && el("p", {}, standing));
}

function pointLists(mark) {
  if (!mark) return [];
  const list = (title, kind, points) => points.length > 0 && [
    el("h2", {}, title),
    el("ul", { class: kind }, points.map((point) => el("li", { dir: "auto" }, point))),
  ];
  return [list("You said", "made", mark.made), list("You left out", "missed", mark.missed)];
}

function otherAnswers(texts) {
  return el("details", {}, el("summary", {}, "Other answers that are right"),
    el("ul", {}, texts.map((text) => el("li", { dir: "auto" }, text))));
}

function restParts(room, you) {
  const { reveal: shown, asked, table = [], team_table: teams = [] } = room;
  const parts = [];
  if (shown) {
    parts.push(el("h2", {}, "A full answer"), rendered(shown.reference_html));
    if (shown.others?.length) parts.push(otherAnswers(shown.others));
    if (shown.explanation) parts.push(el("h2", {}, "Why"), rendered(shown.explanation_html));
    if (shown.sources?.length) parts.push(el("p", { class: "note" }, `Sources: ${shown.sources.join("; ")}`));
    if (!shown.skipped) parts.push(el("h2", {}, "The room"), el("p", {}, roomSentence(shown.right, asked)));
    if (!shown.skipped && shown.points.length) parts.push(roomPoints(shown.points));
    if (shown.best) parts.push(bestAnswer(shown.best));
  }
  if (table.length) parts.push(playersTable(table, you));
  if (teams.length) parts.push(teamsTable(teams, you?.team));
  return parts;
}

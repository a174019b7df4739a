// The open question, from its asking until the answers are graded: typing, handing in, changing, and what counted.

import { announce } from "./announce.js";
import { countdown } from "./countdown.js";
import { el, quoted, setText } from "./dom.js";
import { rendered } from "./markup.js";

const LONGEST = 8000;
const COUNTS = "What stands here when the clock ends counts, handed in or not.";
const LATE = "You came after this question was closed. The next one is yours.";
const BLANK = "A blank: “I don't know”.";

/** The screen of one question; *answering* holds what is typed. */
export function question(game, answering) {
  const { number, html } = game.room.question;
  const heading = el("h1", { class: "step" }, `Question ${number + 1} of ${game.room.questions}`);
  const clock = countdown(heading, { onEnd: () => answering.lastCall() });
  const text = el("textarea", {
    id: "answer", rows: 5, maxlength: LONGEST, dir: "auto", "aria-describedby": "question answer-note",
    oninput: () => answering.type(text.value),
    onkeydown: (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) handIn(event);
    },
  });
  const note = el("p", { class: "note", id: "answer-note" });
  const problem = el("p", { class: "problem", role: "alert" });
  const keep = el("button", { type: "button", onclick: () => answering.keep(handedIn()) }, "Leave it as it was");
  const pass = el("button", { type: "button", onclick: () => answering.handIn("") }, "I don't know");
  const buttons = el("div", { class: "buttons" }, el("button", { class: "primary", title: "Ctrl+Enter" }, "Hand in"), pass, keep);
  const form = el("form", { onsubmit: handIn },
    el("label", { for: "answer" }, "Your answer, in your own words"), text, note, problem, buttons);
  const state = el("h2", { tabindex: "-1" });
  const mine = el("div");
  const change = el("button", { type: "button", onclick: () => answering.change() }, "Change it");
  const handed = el("div", { class: "handed" }, state, mine, change);
  const others = el("p", { class: "note" });
  const node = el("section", { class: "asking" }, clock.node, rendered(html, { id: "question" }), form, handed, others);
  let shown = "";
  let inWords = null;
  let atClose = null; // the host's word on this player when the question closed: a later one says what counted

  function handIn(event) {
    event.preventDefault();
    answering.handIn(text.value);
  }

  /** The answer that the host has, or null. */
  function handedIn() {
    return answering.accepted ?? (game.you.question === number ? game.you.answer : null);
  }

  function update() {
    const { room, you } = game;
    answering.meet(you);
    clock.set(room.clock);
    setText(others, room.asked ? `${room.answered} of ${room.asked} have answered.` : "");
    if (room.phase === "asking") showOpen();
    else showClosed();
  }

  function showOpen() {
    const answer = handedIn();
    const sending = answering.pending !== null;
    const face = sending ? "sending" : answer !== null && !answering.editing ? "handed" : "typing";
    if (text.value !== answering.text) text.value = answering.text;
    setText(note, COUNTS);
    setText(problem, answering.refusal);
    keep.hidden = answer === null;
    pass.hidden = answer !== null;
    showWords(sending ? answering.pending : answer, { sending });
    setText(state, sending ? "Handing in…" : "Handed in");
    change.hidden = face !== "handed";
    turn(face, { typing: face === "typing" });
  }

  function showClosed() {
    const { room, you } = game;
    atClose ??= shown ? you : {};
    const told = you !== atClose; // until then, what was typed here is the best guess
    const typed = answering.text.trim();
    const counted = told ? you.answer : answering.text;
    const changed = told && typed !== (counted ?? "").trim();
    const typing = !form.hidden && shown !== "" && Boolean(counted?.trim());
    if (typing) text.value = counted;
    const title = room.phase === "judging" ? "The host looks at the close calls" : "The answers are being graded";
    setText(note, `${changed ? "Not all that you typed arrived: this is what counts." : "This is your answer."} ${title}.`);
    setText(problem, "");
    if (told && you.question === null) mine.replaceChildren(el("p", {}, LATE));
    else if (counted === null && typed) mine.replaceChildren(el("p", {}, "What you typed did not arrive in time."));
    else showWords(counted);
    setText(state, title);
    change.hidden = true;
    turn(`closed:${room.phase}`, { typing });
  }

  /** Shows *words* as the answer that is handed in. */
  function showWords(words, { sending = false } = {}) {
    handed.classList.toggle("nothing", words === null || sending);
    if (mine.firstChild && words === inWords) return; // what is selected in it stays so
    inWords = words;
    mine.replaceChildren(words?.trim() ? quoted(words) : el("p", {}, words === null ? "You handed in and typed nothing." : BLANK));
  }

  /** Turns to a face of the screen, and takes the focus along where the one that it was in is gone. */
  function turn(face, { typing }) {
    const closed = face.startsWith("closed");
    const inside = document.activeElement === document.body || node.contains(document.activeElement);
    form.hidden = !typing;
    handed.hidden = typing;
    text.readOnly = closed;
    buttons.hidden = closed;
    const before = shown;
    shown = face;
    if (face === before || !before) return;
    if (closed) announce(`${state.textContent}.`);
    if (face === "typing") text.focus();
    else if (!typing && inside) state.focus({ preventScroll: true });
  }

  return {
    key: `question:${number}`, node, heading, update, leave: clock.stop,
    // A finger would open the keyboard over the question; a keyboard wants to type at once.
    focus: matchMedia("(pointer: fine)").matches ? text : heading,
  };
}

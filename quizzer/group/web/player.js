// The player's page: what the host says decides which screen is shown.

import { announce } from "./announce.js";
import { Answering } from "./answering.js";
import { Connection } from "./connection.js";
import { el, moveFocus, setText } from "./dom.js";
import { ending } from "./ending.js";
import { joining, tidyCode } from "./joining.js";
import { lobby } from "./lobby.js";
import * as memory from "./memory.js";
import { menu } from "./menu.js";
import { kicked, replaced } from "./notices.js";
import { question } from "./question.js";
import { reveal } from "./reveal.js";

const HELLO = 0;
const game = { code: tidyCode(location.hash) || memory.lastCode(), who: null, room: null, you: null, connection: null };
let hello = null;
let current = null;
let answering = null;

game.connection = new Connection({ hello: () => ({ t: "hello", role: "player", n: HELLO, ...hello }), onMessage: receive, onLine: line });
const openMenu = menu(game, { onForget: forget });
document.getElementById("menu-button").addEventListener("click", openMenu);
addEventListener("hashchange", () => location.reload());
begin();

/** With the token of this session, back in; otherwise the form. */
function begin() {
  game.who = memory.identity(game.code);
  if (!game.who) return showForm();
  hello = { token: game.who.token };
  put({ key: "connecting", node: el("p", { class: "lead" }, "Connecting…"), update() {} });
  game.connection.open();
}

function showForm(refusal = null) {
  game.connection.stop();
  line(true);
  document.getElementById("bar").hidden = true;
  if (current?.key !== "join") {
    const code = tidyCode(location.hash);
    put(joining({ code, onJoin: (values) => {
      game.code = values.code;
      hello = values;
      game.connection.open();
    } }));
  }
  if (refusal) current.refuse(refusal);
}

function receive(message) {
  const handlers = { welcome, refused, room, you, bye };
  handlers[message.t]?.(message);
}

function welcome({ token, personal, name }) {
  game.who = { token, personal, name };
  hello = { token };
  memory.remember(game.code, game.who);
  // The address of this page is now the way back, also after a reload.
  if (tidyCode(location.hash) !== game.code) history.replaceState(null, "", `#${game.code}`);
  document.getElementById("bar").hidden = false;
}

function refused(message) {
  if (message.n !== HELLO) return; // a draft that came too late
  if (hello?.token && message.code === "bad-token") {
    memory.forget(game.code);
    if (location.hash) return showForm({ code: "", message: "this quiz does not know you any more: join again" });
    return showForm();
  }
  if (message.code === "kicked") bye({ why: "kicked" });
  else if (!game.who) showForm(message);
  else game.connection.later();
}

function room(message) {
  game.room = message;
  setText(document.getElementById("title"), message.title);
  show();
}

function you(message) {
  game.you = message;
  show();
}

function bye({ why }) {
  if (why === "restart") return;
  game.connection.stop();
  line(true);
  if (why === "over") return; // what is on the screen stays
  document.getElementById("bar").hidden = true;
  document.getElementById("menu").close();
  put(why === "replaced" ? replaced(() => location.reload()) : kicked(forget));
}

/** The screen that fits what the host said last. */
function show() {
  if (!game.room || !game.you) return;
  if (game.you.kicked) return; // goodbye follows
  const { phase, question: asked } = game.room;
  const key = { lobby: "lobby", ended: "end", revealed: `reveal:${asked?.number}` }[phase] ?? `question:${asked?.number}`;
  if (current?.key !== key) put(screen(phase));
  current.update();
}

function screen(phase) {
  if (phase === "lobby") return lobby(game);
  if (phase === "ended") return ending(game);
  if (phase === "revealed") return reveal(game);
  answering?.end();
  answering = new Answering(game.connection, game.code, game.room.question.number, (news) => {
    if (news === "handed in") announce("Handed in.");
    current?.update();
  });
  return question(game, answering);
}

function put(next) {
  const first = current === null;
  current?.leave?.();
  if (answering && !next.key.startsWith("question")) answering = void answering.end();
  current = next;
  document.getElementById("screen").replaceChildren(next.node);
  next.update();
  const heading = next.heading?.textContent ?? "";
  document.title = heading ? `${heading} – quizzer` : "Quiz";
  if (!heading) return;
  if (!first || next.focus) moveFocus(next.focus ?? next.heading);
  if (!first) announce(`${heading}.`);
}

/** The line to the host was lost, or is back. */
function line(up) {
  const note = document.getElementById("connection");
  if (up) {
    answering?.again();
    note.replaceChildren();
  } else if (!note.firstChild) {
    const words = answering ? "Reconnecting… What you type is kept."
      : game.room ? "Reconnecting…" : "The host does not answer. Trying again…";
    note.append(
      el("span", {}, words),
      el("button", { type: "button", onclick: () => game.connection.retry() }, "Try now"));
  }
}

function forget() {
  memory.forget(game.code);
  location.reload();
}

// The projector's page: what everybody in the room sees, readable from the back row.

import { announce } from "./announce.js";
import { Clock } from "./clock.js";
import { Connection } from "./connection.js";
import { counted, el, setText } from "./dom.js";
import { inviting, scenes } from "./scenes.js";
import { secondsLeft } from "./words.js";

const SIZES = [1, 0.93, 0.86, 0.8, 0.74, 0.68, 0.62, 0.56, 0.5, 0.45];
const TICK_MS = 200;

const show = { room: null, people: [], invite: null };
const screen = document.getElementById("screen");
const note = document.getElementById("connection");
let clock = new Clock();
let drawn = { key: "", content: "" };

const connection = new Connection({
  hello: () => ({ t: "hello", role: "stage", token: location.hash.slice(1) }),
  onMessage: receive,
  onLine: (up) => {
    setText(note, up ? "" : "Reconnecting…");
    fit();
  },
});
addEventListener("hashchange", () => location.reload());
addEventListener("resize", fit);
connection.open();
setInterval(tick, TICK_MS);

function receive(message) {
  if (message.t === "room") show.room = message;
  else if (message.t === "people") show.people = message.players;
  else if (message.t === "invite") show.invite = message;
  else if (message.t === "refused") return refused(message);
  else if (message.t === "bye" && message.why !== "restart") return connection.stop();
  else return;
  if (show.room) draw();
}

function refused(message) {
  connection.stop();
  screen.replaceChildren(el("h1", {}, "This is not the address of the big screen"), el("p", {}, `${message.message}. The host's terminal shows the right one.`));
}

function draw() {
  const { room, invite } = show;
  const key = `${room.phase}:${room.question?.number}`;
  if (room.clock) {
    if (key !== drawn.key) clock = new Clock();
    clock.set(room.clock);
  }
  const content = JSON.stringify([{ ...room, rev: 0, clock: Boolean(room.clock), answered: 0, here: 0, count: 0 }, invite, room.phase === "lobby" && show.people]);
  if (content !== drawn.content) {
    const scene = scenes[room.phase](show);
    screen.className = room.phase;
    screen.replaceChildren(...scene.parts);
    document.title = `${scene.title} – quizzer`;
    if (key !== drawn.key) announce(`${scene.title}.`);
    drawn = { key, content };
    inviting(document.getElementById("invite"), show);
  }
  const count = screen.querySelector(".count");
  if (count) setText(count, countText(room));
  tick();
  fit();
}

function countText(room) {
  if (room.phase === "lobby") return `${counted(room.here ?? room.count, "player")} ${(room.here ?? room.count) === 1 ? "is" : "are"} here`;
  return room.asked ? `${room.answered} of ${room.asked} have answered` : "";
}

function tick() {
  const time = screen.querySelector(".time");
  if (!time || !show.room?.clock) return;
  setText(time, clock.text());
  screen.querySelector(".paused").hidden = clock.paused === null;
  screen.querySelector(".bar-fill").style.transform = `scaleX(${clock.share()})`;
  screen.classList.toggle("hurry", clock.seconds() <= 10);
  const spoken = clock.due();
  if (spoken !== null && clock.paused === null) announce(secondsLeft(spoken));
}

/** The largest letters with which everything is on the screen at once. */
function fit() {
  for (const size of SIZES) {
    document.documentElement.style.setProperty("--fit", size);
    if (document.documentElement.scrollHeight <= innerHeight) return;
  }
}

// The clock on a player's screen: seen, said aloud at 30, 10 and 5 seconds, and heard by the screen when it ends.

import { announce } from "./announce.js";
import { Clock } from "./clock.js";
import { el, setText } from "./dom.js";
import { secondsLeft } from "./words.js";

const TICK_MS = 200;

/** A line with *heading* and the time left; *onEnd* is called when the time is up, and again if it was extended. */
export function countdown(heading, { onEnd }) {
  const clock = new Clock();
  const time = el("span", { class: "time", role: "timer", "aria-label": "Time left" });
  const fill = el("span", { class: "bar-fill" });
  const node = el("div", { class: "clock" }, heading, time, el("span", { class: "bar-track", "aria-hidden": "true" }, fill));
  const timer = setInterval(tick, TICK_MS);
  let running = false;
  let over = false;

  /** Takes over the host's clock; null when the question is closed. */
  function set(told) {
    const paused = clock.paused !== null;
    running = told !== null;
    if (running) {
      clock.set(told);
      if (told.paused !== paused) announce(told.paused ? "The clock is paused." : "The clock runs again.");
      if (clock.left() > 0) over = false;
    }
    tick();
  }

  function tick() {
    setText(time, !running ? "Closed" : clock.paused === null ? clock.text() : `${clock.text()} paused`);
    fill.style.transform = `scaleX(${running ? clock.share() : 0})`;
    node.classList.toggle("hurry", running && clock.seconds() <= 10);
    if (!running) return;
    const spoken = clock.due();
    if (spoken !== null && clock.paused === null) announce(secondsLeft(spoken));
    if (clock.left() > 0 || over) return;
    over = true;
    onEnd();
  }

  return { node, set, stop: () => clearInterval(timer) };
}

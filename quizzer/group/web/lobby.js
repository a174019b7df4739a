// The lobby: who is in, which team, and what is going to happen.

import { consentBox } from "./consent.js";
import { counted, el, named, setText } from "./dom.js";
import { teamChoice } from "./teams.js";

/** The lobby's screen. */
export function lobby(game) {
  const heading = el("h1", {}, "You are in, ", named(game.who.name));
  const count = el("p", { class: "lead" });
  const teams = teamChoice(game);
  const consent = consentBox(game);
  const node = el("section", {},
    heading, count, teams.node,
    el("h2", {}, "How it goes"),
    el("ul", { class: "rules" },
      el("li", {}, "Answer in your own words. What you mean counts, not the wording."),
      el("li", {}, "What you have typed when the clock ends counts, handed in or not."),
      el("li", {}, "If the connection breaks, this page comes back by itself, with your points and what you typed.")),
    consent.node);

  function update() {
    const { room } = game;
    const here = room.here ?? room.count;
    setText(count, `${counted(here, "player")} ${here === 1 ? "is" : "are"} here, ` +
      `${counted(room.questions, "question")} to come. The host starts the quiz.`);
    teams.update();
    consent.update();
  }

  return { key: "lobby", node, heading, update };
}

// What the projector shows in each phase.

import { el, named } from "./dom.js";
import { rendered } from "./markup.js";
import { qrCode } from "./qr.js";
import { bestAnswer, playersTable, roomPoints, roomSentence, teamsTable } from "./standings.js";

const NAMES = 80;

/** Phase -> scene({room, people, invite}) -> {title, parts}. */
export const scenes = { lobby, asking: open, grading: closed, judging: closed, revealed, ended };

function lobby({ room, people, invite }) {
  const names = people.slice(0, NAMES).map((player) => el("li", { class: !player.here && "away" }, named(player.name),
    player.team && el("span", { class: "quietly" }, " ", named(player.team)), !player.here && el("span", { class: "quietly" }, " (away)")));
  if (people.length > NAMES) names.push(el("li", { class: "quietly" }, `and ${people.length - NAMES} more`));
  return { title: room.title, parts: [
    el("h1", {}, room.title),
    invite && el("section", { class: "welcome" },
      el("div", {}, el("p", {}, isOnlyHere(invite) ? "On this computer, open" : "Scan the code, or open"), el("p", { class: "link" }, address(invite)),
        el("p", {}, "and type"), el("p", { class: "code large" }, invite.code)),
      toScan(invite)),
    el("p", { class: "count lead" }),
    el("ul", { class: "names" }, names),
  ].filter(Boolean) };
}

function open({ room, invite }) {
  return { title: step(room), parts: [
    el("section", { class: "ask" }, el("h1", {}, step(room)), rendered(room.question.html)),
    el("aside", { "aria-label": "Clock" },
      el("p", { class: "time", role: "timer", "aria-label": "Time left" }), el("p", { class: "paused", hidden: true }, "Paused"),
      el("span", { class: "bar-track", "aria-hidden": "true" }, el("span", { class: "bar-fill" })),
      el("p", { class: "count lead" }),
      invite && toScan(invite)),
  ] };
}

function closed({ room }) {
  const words = room.phase === "judging" ? "The host looks at the close calls" : "The answers are being graded";
  return { title: words, parts: [
    el("section", { class: "ask" }, el("h1", {}, step(room)), rendered(room.question.html)),
    el("aside", { "aria-label": "What happens now" }, el("p", { class: "lead" }, "No more answers"), el("p", {}, words), el("p", { class: "count" })),
  ] };
}

function revealed({ room }) {
  const { reveal } = room;
  const left = el("section", { class: "answer" },
    el("h1", {}, step(room)), el("div", { class: "asked" }, rendered(room.question.html)),
    el("h2", {}, "A full answer"), rendered(reveal.reference_html),
    reveal.explanation && [el("h2", {}, "Why"), rendered(reveal.explanation_html)]);
  const right = el("aside", { "aria-label": "The room" },
    el("p", { class: "lead" }, reveal.skipped ? "Skipped: it counts for nobody" : roomSentence(reveal.right, room.asked)),
    !reveal.skipped && reveal.points.length > 0 && roomPoints(reveal.points),
    reveal.best && bestAnswer(reveal.best));
  return { title: "The answer", parts: [left, right, el("div", { class: "final" }, tables(room, 5, "Table"))] };
}

function ended({ room }) {
  return { title: "The quiz is over", parts: [
    el("h1", {}, "The quiz is over"),
    el("div", { class: "final" }, tables(room, 10, "Final table")),
    el("p", { class: "lead" }, "Take it home: your page has your session as a file."),
  ] };
}

function tables({ table = [], team_table: teams = [] }, lines, caption) {
  return [teams.length > 0 && teamsTable(teams.slice(0, lines)), table.length > 0 && playersTable(table.slice(0, lines), null, caption)];
}

const step = (room) => `Question ${room.question.number + 1} of ${room.questions}`;

/** The address to type, without the code, which is shown by itself. */
const address = ({ link }) => link.split("#")[0].replace(/\/$/, "");

/** The QR code of the link; while no phone could follow it, how the host changes that. */
function toScan(invite) {
  return isOnlyHere(invite)
    ? el("p", { class: "closed" }, "Only this computer can join yet: press ", el("kbd", {}, "l"), " in the host's terminal to let in phones on your network.")
    : qrCode(invite.qr, `QR code of the link ${invite.link}`);
}

const isOnlyHere = ({ link }) => ["127.0.0.1", "localhost", "[::1]"].includes(new URL(link).hostname);

/** The line at the bottom by which late comers find in. */
export function inviting(footer, { room, invite }) {
  footer.hidden = !invite || room.phase === "lobby" || room.phase === "ended";
  if (!footer.hidden) {
    footer.replaceChildren(el("span", {}, "Join at ", el("strong", {}, address(invite))),
      el("span", {}, "Code ", el("strong", { class: "code" }, invite.code)));
  }
}

// Tables of players and teams, and how the room did on the points of a question.

import { counted, el, named, pointsText } from "./dom.js";

/** The table of players; *me* is marked, and added where the table ends above me: {name, place, points, team}. */
export function playersTable(rows, me = null, caption = "Table") {
  const shown = me && me.place && !rows.some((row) => row.name === me.name) ? [...rows, me] : rows;
  return el("table", { class: "standings" },
    el("caption", {}, caption),
    el("thead", {}, el("tr", {},
      el("th", { scope: "col", class: "place" }, el("span", { class: "unseen" }, "Place")),
      el("th", { scope: "col" }, "Name"),
      el("th", { scope: "col", class: "number" }, "Points"))),
    el("tbody", {}, shown.map((row) => {
      const own = row.name === me?.name;
      return el("tr", { class: own && "own", "aria-current": own && "true" },
        el("td", { class: "place" }, String(row.place)),
        el("th", { scope: "row" }, named(row.name), own && " (you)", row.team && el("span", { class: "team" }, " ", named(row.team))),
        el("td", { class: "number" }, pointsText(row.points)));
    })));
}

/** The table of teams. */
export function teamsTable(rows, own = "") {
  return el("table", { class: "standings" },
    el("caption", {}, "Teams, by average"),
    el("thead", {}, el("tr", {},
      el("th", { scope: "col", class: "place" }, el("span", { class: "unseen" }, "Place")),
      el("th", { scope: "col" }, "Team"),
      el("th", { scope: "col", class: "number" }, "Points"))),
    el("tbody", {}, rows.map((row) => el("tr", { class: own && row.name === own && "own" },
      el("td", { class: "place" }, String(row.place)),
      el("th", { scope: "row" }, named(row.name)),
      el("td", { class: "number" }, pointsText(row.points))))));
}

/** How many of the room made each point. */
export function roomPoints(points) {
  return el("ul", { class: "room-points" }, points.map(({ text, made, of }) => {
    const bar = el("span", { class: "bar-fill" });
    bar.style.transform = `scaleX(${of ? made / of : 0})`;
    return el("li", {},
      el("span", { class: "point", dir: "auto" }, text),
      el("span", { class: "bar-track", "aria-hidden": "true" }, bar),
      el("span", { class: "share" }, `${made} of ${of}`));
  }));
}

/** The best answer, by whom where its author consents. */
export function bestAnswer(best) {
  return el("figure", { class: "best" },
    el("figcaption", {}, best.name ? ["The best answer that may be shown, by ", named(best.name)] : "The best answer that may be shown"),
    el("blockquote", { dir: "auto" }, best.text));
}

/** "8 of 12 were right." */
export function roomSentence(right, of) {
  if (!of) return "Nobody answered.";
  if (!right) return of === 1 ? "The one answer was not right." : `None of ${of} was right.`;
  return right === of ? (of === 1 ? "The one answer was right." : `All ${of} were right.`)
    : `${right} of ${counted(of, "player")} ${right === 1 ? "was" : "were"} right.`;
}

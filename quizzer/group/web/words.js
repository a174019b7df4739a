// Says in words what a mark, a place and a time mean.

import { counted } from "./dom.js";

/** The heading over one's own mark, and how it is coloured: {title, tone, detail}. */
export function verdict(mark, answer) {
  if (!mark || answer === null) return { title: "No answer", tone: "none", detail: "Nothing was handed in or typed." };
  const byHost = mark.by_host ? "The host decided this one." : "";
  const detail = [`${mark.points} of 100 for this question.`, byHost, sentence(mark.reason)].filter(Boolean).join(" ");
  if (mark.right) return { title: mark.missed.length ? "Right, not complete" : "Right", tone: "right", detail };
  if (!answer.trim()) return { title: "No answer", tone: "none", detail: "You handed in a blank." };
  return { title: mark.made.length ? "Partly right" : "Not right this time", tone: "wrong", detail };
}

function sentence(text) {
  if (!text) return "";
  const begun = text[0].toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** 1st, 2nd, 3rd, 4th, 11th, 21st. */
export function ordinal(number) {
  const teen = number % 100 >= 11 && number % 100 <= 13;
  const ending = (!teen && { 1: "st", 2: "nd", 3: "rd" }[number % 10]) || "th";
  return `${number}${ending}`;
}

/** "30 seconds", for the clock as it is said aloud. */
export const secondsLeft = (seconds) => `${counted(seconds, "second")} left.`;

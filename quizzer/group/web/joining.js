// The first screen: who are you, and in which quiz?

import { el } from "./dom.js";
import * as memory from "./memory.js";

/** What a code means, however it was typed. */
export const tidyCode = (text) => text.toUpperCase().replace(/[^A-Z0-9]/g, "");

/** The join screen; *onJoin* gets the hello of somebody new or of somebody who comes back with a personal code. */
export function joining({ code, onJoin }) {
  const problem = el("p", { class: "problem", role: "alert", id: "problem" });
  const name = el("input", {
    id: "name", name: "name", required: true, autocomplete: "nickname", maxlength: 64, value: memory.lastName(),
    enterkeyhint: "go", dir: "auto", "aria-describedby": "name-hint problem",
  });
  const codes = [codeInput("code", code), codeInput("code-again", code)];
  const personal = el("input", {
    id: "personal", name: "personal", required: true, autocomplete: "off", autocapitalize: "characters",
    spellcheck: "false", class: "code", maxlength: 12, placeholder: "XXXX-XXXX", "aria-describedby": "problem",
  });
  const join = el("form", { onsubmit: submit(() => ({ code: tidyCode(codes[0].value), name: name.value.trim() })) },
    field("Code", "code", codes[0], "Six letters and digits, on the host's screen."),
    field("Your name", "name", name, "As the others will see it."),
    el("button", { class: "primary" }, "Join"));
  const back = el("details", { class: "back" },
    el("summary", {}, "I was in this quiz on another device"),
    el("form", { onsubmit: submit(() => ({ code: tidyCode(codes[1].value), personal: personal.value.trim() })) },
      el("p", { class: "note" }, "Your personal code is in the menu of the other device. Your points and what you were typing come along."),
      field("Code of the quiz", "code-again", codes[1]),
      field("Personal code", "personal", personal),
      el("button", { class: "primary" }, "Come back")));
  const heading = el("h1", {}, "Join the quiz");
  let again = false; // whether the lower form was sent last
  const node = el("section", { class: "joining" }, heading, problem, join, back);

  function submit(values) {
    return (event) => {
      event.preventDefault();
      again = back.contains(event.currentTarget);
      say("");
      for (const button of node.querySelectorAll("button")) button.disabled = true;
      onJoin(values());
    };
  }

  function say(text, wrong = null) {
    problem.textContent = text;
    for (const input of node.querySelectorAll("input")) input.removeAttribute("aria-invalid");
    wrong?.setAttribute("aria-invalid", "true");
  }

  /** Shows why the server said no, where the mistake is. */
  function refuse({ code: why, message }) {
    for (const button of node.querySelectorAll("button")) button.disabled = false;
    const inputs = again ? { code: codes[1], other: personal } : { code: codes[0], other: name };
    const wrong = why === "bad-code" && !again ? inputs.code : why.startsWith("bad") || why === "name-taken" ? inputs.other : null;
    say(message[0].toUpperCase() + message.slice(1) + ".", wrong);
    wrong?.focus();
    wrong?.select();
  }

  return { key: "join", node, heading, focus: code ? name : codes[0], update() {}, refuse };
}

function codeInput(id, value) {
  return el("input", {
    id, name: id, required: true, autocomplete: "off", autocapitalize: "characters", spellcheck: "false",
    class: "code", maxlength: 12, value, "aria-describedby": id === "code" ? "code-hint problem" : "problem",
  });
}

function field(label, id, input, hint = "") {
  return el("div", { class: "field" },
    el("label", { for: id }, label),
    input,
    hint && el("p", { class: "note", id: `${id}-hint` }, hint));
}

// One player's answer to the open question: kept here while typed, sent as a draft, handed in, and never lost on the way.

import * as memory from "./memory.js";

const DRAFT_MS = 1000;
const HISTORY = 20;

export class Answering {
  text = "";
  /** Whether the text is being changed after it was handed in. */
  editing = false;
  /** The text that was handed in and is on its way: the host has not said yet that it is there. */
  pending = null;
  refusal = "";
  /** What the host has said is there, until its own word on the whole shows it too. */
  accepted = null;
  #met = false;
  #sending = false;
  #history = [];
  #timer = null;
  #lastSent = 0;

  constructor(connection, code, question, onChange) {
    Object.assign(this, { connection, code, question, onChange });
    const kept = memory.draft(code);
    if (kept?.question !== question) return;
    this.text = kept.text;
    this.editing = kept.editing;
    this.pending = kept.pending;
    this.#history = kept.history;
  }

  /** Hears from the host what it has: the first time on each connection, that is compared with what is kept here. */
  meet(you) {
    if (you.question !== this.question) return;
    if (you.answer === this.accepted) this.accepted = null;
    if (this.#met) return;
    this.#met = true;
    if (this.pending !== null) {
      if (!this.#sending) this.#send(this.pending); // handed in before a reload, and never acknowledged
      return;
    }
    const elsewhere = you.draft && you.draft !== this.text && !this.#history.includes(you.draft);
    if (elsewhere) this.text = you.draft; // typed on another device since
    else if (!this.text && you.answer) this.text = you.answer;
    if (you.answer !== null && (elsewhere || you.draft)) this.editing = true;
    if (this.text && this.text !== you.draft && this.text !== you.answer) this.#schedule(0);
  }

  /** The line is back: the host may not have seen the last draft. */
  again() {
    this.#met = false;
  }

  type(text) {
    this.text = text;
    this.refusal = "";
    this.#save();
    this.#schedule(Math.max(0, this.#lastSent + DRAFT_MS - performance.now()));
  }

  /** Hands in what is typed. */
  handIn(text = this.text) {
    this.text = text;
    this.editing = false;
    this.#send(text);
  }

  change() {
    this.editing = true;
    this.#save();
    this.onChange();
  }

  /** Takes back a change: what was handed in stands. */
  keep(answer) {
    this.editing = false;
    this.text = answer;
    this.#save();
    this.#schedule(0);
    this.onChange();
  }

  /** The clock has ended: what is typed now is what counts. */
  lastCall() {
    if (this.#timer !== null) this.#sendDraft();
  }

  /** Nothing more goes out for this question. */
  end() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #send(text) {
    this.end();
    this.pending = text;
    this.refusal = "";
    this.#save();
    this.onChange();
    this.#sending = true;
    const reply = await this.connection.ask({ t: "answer", q: this.question, text });
    this.#sending = false;
    if (this.pending !== text) return;
    this.pending = null;
    if (reply.t === "ack") this.accepted = text;
    else {
      this.refusal = reply.message;
      this.editing = true;
    }
    this.#save();
    this.onChange(reply.t === "ack" ? "handed in" : "refused");
  }

  #schedule(wait) {
    this.#timer ??= setTimeout(() => this.#sendDraft(), wait);
  }

  #sendDraft() {
    this.end();
    if (this.pending !== null) return;
    if (!this.connection.tell({ t: "draft", q: this.question, text: this.text })) return;
    this.#lastSent = performance.now();
    this.#history = [...this.#history, this.text].slice(-HISTORY);
    this.#save();
  }

  #save() {
    const { question, text, editing, pending } = this;
    memory.saveDraft(this.code, { question, text, editing, pending, history: this.#history });
  }
}

// The open question's clock: runs here between the server's messages, and never on this device's time of day.

const LATER_MS = 1500;
const SPOKEN_SECONDS = [30, 10, 5];

export class Clock {
  #deadline = 0;
  #spoken = Infinity;
  total = 0;
  paused = null;

  /** Takes over what the server says; a message that was held up on its way does not give time back. */
  set({ left_ms: left, total_ms: total, paused }) {
    const deadline = performance.now() + left;
    const extended = deadline > this.#deadline + LATER_MS;
    const fresh = this.total === 0 || this.paused !== null || paused;
    this.#deadline = fresh || extended ? deadline : Math.min(deadline, this.#deadline);
    this.total = Math.max(total, 1);
    this.paused = paused ? left : null;
    if (this.#spoken === Infinity || extended) this.#spoken = this.seconds();
  }

  /** Milliseconds left. */
  left() {
    return this.paused ?? Math.max(0, this.#deadline - performance.now());
  }

  /** Whole seconds left, rounded up: "0" stands only when it is over. */
  seconds() {
    return Math.ceil(this.left() / 1000);
  }

  /** What is left of the whole, 0 to 1. */
  share() {
    return Math.min(1, this.left() / this.total);
  }

  /** Minutes and seconds, "1:05". */
  text() {
    const seconds = this.seconds();
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  /** The number of seconds to say aloud now, once each: 30, 10 and 5; otherwise null. */
  due() {
    const seconds = this.seconds();
    const due = SPOKEN_SECONDS.filter((mark) => mark < this.#spoken && seconds <= mark).pop() ?? null;
    if (due !== null) this.#spoken = due;
    return seconds === 0 ? null : due;
  }
}

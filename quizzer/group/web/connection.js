// The line to the host: opens it, notices when it is dead, comes back by itself, and repeats what was not acknowledged.

const FIRST_RETRY_MS = 400;
const LAST_RETRY_MS = 8000;
const OPENING_MS = 8000;
const RETRY_MS = 1000;
const RETRIED = new Set(["too-fast", "not-saved"]);
const PING_MS = 15000;
const PROBE_MS = 2500;
const PONG_MS = 8000; // a host with thousands of players may take its time

export class Connection {
  #socket = null;
  #attempts = 0;
  #timers = {};
  #requests = new Map();
  #number = 0;
  #ready = false;
  #stopped = true;

  /**
   * *hello()* gives the first message of each connection; *onMessage* gets every message that is not the answer to a
   * request; *onLine(up)* hears when the line is lost and when it is back.
   */
  constructor({ hello, onMessage, onLine }) {
    Object.assign(this, { hello, onMessage, onLine });
    addEventListener("online", () => this.#probe());
    addEventListener("offline", () => this.#probe());
    addEventListener("pageshow", () => this.#probe());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#probe());
  }

  /** Connects, unless it is connected already. */
  open() {
    this.#stopped = false;
    if (!this.#socket) this.#connect();
  }

  /** Ends the connection for good: this page no longer speaks for the player. */
  stop() {
    this.#stopped = true;
    this.#drop();
    this.#requests.clear();
  }

  /** Tries again now. */
  retry() {
    if (this.#stopped || this.#ready) return;
    this.#drop();
    this.#attempts = 0;
    this.#connect();
  }

  /** Hangs up and comes back after a while: the host would not listen now. */
  later() {
    this.#lost(this.#socket);
  }

  /** Sends *message* if the line is up; whether it was. */
  tell(message) {
    if (!this.#ready) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** The server's `ack` or `refused`; sent again after each return of the line until one of them comes. */
  ask(message) {
    const n = ++this.#number;
    const request = { ...message, n };
    return new Promise((resolve) => {
      this.#requests.set(n, { request, resolve });
      this.tell(request);
    });
  }

  #connect() {
    clearTimeout(this.#timers.retry);
    const url = new URL("ws", document.baseURI);
    url.protocol = url.protocol.replace("http", "ws");
    url.hash = "";
    const socket = new WebSocket(url);
    this.#socket = socket;
    this.#timers.opening = setTimeout(() => this.#lost(socket), OPENING_MS);
    socket.onopen = () => {
      clearTimeout(this.#timers.opening);
      socket.send(JSON.stringify(this.hello()));
    };
    socket.onmessage = (event) => socket === this.#socket && this.#receive(JSON.parse(event.data));
    socket.onclose = () => this.#lost(socket);
  }

  #receive(message) {
    clearTimeout(this.#timers.pong);
    if (message.t === "pong") return;
    if (message.t === "welcome") this.#up();
    const waiting = this.#requests.get(message.n);
    if (waiting && message.t === "refused" && RETRIED.has(message.code)) {
      setTimeout(() => this.#requests.has(message.n) && this.tell(waiting.request), message.retry_ms ?? RETRY_MS);
      return;
    }
    if (waiting && (message.t === "ack" || message.t === "refused")) {
      this.#requests.delete(message.n);
      waiting.resolve(message);
      return;
    }
    this.onMessage(message);
  }

  #up() {
    this.#ready = true;
    this.#attempts = 0;
    clearInterval(this.#timers.ping);
    this.#timers.ping = setInterval(() => this.#ping(), PING_MS);
    this.onLine(true);
    for (const { request } of this.#requests.values()) this.tell(request);
  }

  #ping(patience = PONG_MS) {
    if (!this.tell({ t: "ping" })) return;
    const socket = this.#socket;
    clearTimeout(this.#timers.pong);
    this.#timers.pong = setTimeout(() => this.#lost(socket), patience);
  }

  /** Something about the network or the page changed: is the line still there? */
  #probe() {
    if (this.#ready) this.#ping(PROBE_MS);
    else if (!this.#socket) this.retry();
  }

  #lost(socket) {
    if (socket !== this.#socket) return;
    this.#drop();
    if (this.#stopped) return;
    this.onLine(false);
    // Half of the wait is drawn by lot: a room full of phones must not come back in the same instant.
    const wait = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#attempts) * (0.5 + Math.random() / 2);
    this.#attempts += 1;
    this.#timers.retry = setTimeout(() => this.#connect(), wait);
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    this.#ready = false;
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}

/* The socket to the server: opened again by itself, with patience, as long as the page is open. */

const SHORTEST = 500; // milliseconds before the first new try
const LONGEST = 15000;
const PING = 20000; // how often a silent line is tested
const PATIENCE = 8000; // how long an answer may take before the line counts as dead
const STEADY = 5000; // a line that held so long was good, and the next try may come soon
const STRANGER = 4401; // the server does not know our cookie

export class Connection {
  #socket = null;
  #tries = 0;
  #retry = 0;
  #heardAt = 0;
  #pinged = 0;
  #onlineAt = 0;

  /** heard(data), opened(), changed(state, seconds): "connecting", "online", "offline", "waiting". */
  constructor({ heard, opened, changed }) {
    this.heard = heard;
    this.opened = opened;
    this.changed = changed;
    this.state = "connecting";
    addEventListener("online", () => this.now());
    addEventListener("offline", () => this.#drop());
    addEventListener("pageshow", (event) => event.persisted && this.now());
    document.addEventListener("visibilitychange", () => document.hidden || this.#test());
    setInterval(() => this.#test(), PING);
  }

  get online() {
    return this.state === "online";
  }

  /** Try at once, if there is no connection. */
  now() {
    clearTimeout(this.#retry);
    if (this.#socket && this.#socket.readyState <= WebSocket.OPEN) return this.#test();
    this.#open();
  }

  /** Send, and tell whether it went out. */
  send(data) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(data));
    return true;
  }

  #open() {
    const url = new URL("/chat/ws", location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    this.#socket = socket;
    const slow = setTimeout(() => socket === this.#socket && this.#drop(), PATIENCE * 2);
    if (this.#tries === 0) this.#become("connecting");
    socket.onopen = () => {
      clearTimeout(slow);
      this.#heardAt = Date.now();
      this.opened();
    };
    socket.onmessage = (event) => {
      if (socket !== this.#socket) return;
      this.#heardAt = Date.now();
      const data = JSON.parse(event.data);
      if (data.type === "history") {
        this.#onlineAt = Date.now();
        this.#become("online");
      }
      if (data.type !== "pong") this.heard(data);
    };
    socket.onclose = (event) => {
      clearTimeout(slow);
      if (socket !== this.#socket) return;
      if (event.code === STRANGER && this.#mayReload()) return location.reload();
      this.#drop();
    };
  }

  /** Give the line up, and try again a little later each time, not all phones at once. */
  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    clearTimeout(this.#retry);
    if (this.online && Date.now() - this.#onlineAt > STEADY) this.#tries = 0;
    const wait = Math.min(LONGEST, SHORTEST * 2 ** this.#tries) * (0.6 + 0.8 * Math.random());
    this.#tries += 1;
    if (navigator.onLine === false) this.#become("offline");
    else if (wait < 2000) this.#become("connecting");
    else this.#become("waiting", Math.round(wait / 1000));
    this.#retry = setTimeout(() => this.#open(), wait);
  }

  #test() {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) {
      if (!socket && !document.hidden) this.now();
      return;
    }
    const asked = Date.now();
    this.#pinged = asked;
    this.send({ type: "ping" });
    setTimeout(() => {
      if (socket === this.#socket && this.#pinged === asked && this.#heardAt < asked) this.#drop();
    }, PATIENCE);
  }

  #become(state, seconds = 0) {
    this.state = state;
    this.changed(state, seconds);
  }

  #mayReload() {
    const before = Number(sessionStorage.getItem("chat.reloaded") ?? 0);
    sessionStorage.setItem("chat.reloaded", String(Date.now()));
    return Date.now() - before > 60000;
  }
}

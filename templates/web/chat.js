/* The web chat: what the parts do to each other. */

import { Connection } from "./connection.js";
import { Drawing } from "./drawing.js";
import { Newest } from "./newest.js";
import { Photos } from "./photos.js";
import { newId, PhotoStore, Queue } from "./queue.js";

const SLOW = 7000; // milliseconds after which a message counts as not sent
const TYPING_AFTER = 350;
const TYPING_AT_MOST = 15000;

const the = (id) => document.getElementById(id);
const given = JSON.parse(the("given").textContent);
const withMouse = matchMedia("(hover: hover) and (pointer: fine)").matches;
const title = document.title;

/** A sentence of the page, {names} filled in. */
function say(key, values = {}) {
  return given.say[key].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

const queue = new Queue(given.talk);
const store = new PhotoStore(given.talk);
const newest = new Newest({ scroll: the("scroll"), log: the("log"), button: the("newest"), count: the("newest-count"), say });
const onTheWay = new Set(); // ids said on this connection
let lastSeen = ""; // id of the newest message of the bot
let byKeyboard = false; // the last choice was made with the keyboard
let typing = 0;
let unread = 0;

const drawing = new Drawing({
  log: the("log"),
  newest,
  say,
  language: given.language,
  timezone: given.timezone,
  press(pressed, button, keyboard) {
    byKeyboard = keyboard;
    speak({ button, pressed });
  },
  again() {
    connection.now();
    flush();
    photos.go();
  },
  removePhoto: (id) => photos.remove(id),
  show: showLarge,
  progress: showProgress,
});

const photos = new Photos({
  store,
  limit: given.limit,
  drawn(photo) {
    the("welcome").hidden = true;
    const file = { name: photo.name, mime: photo.mime, url: URL.createObjectURL(photo.blob) };
    const { id, album, order } = photo;
    drawing.draw({ id, album, order, who: "person", at: new Date(), text: "", files: [file] }, "sending");
  },
  progress(photo) {
    drawing.drawPhoto(photo);
    if (photo.state === "failed") drawing.settle(photo.id, "unsent");
    if (photo.state === "sending") drawing.settle(photo.id, "sending");
  },
  arrived({ id, album, order, name, mime }) {
    queue.add({ id, album, order, at: Date.now(), attachments: [{ ref: id, name, mime }] });
    flush();
  },
  refused: (reason, number) => notify(say(`web-upload-${reason}`, { limit: number, most: number })),
});

const connection = new Connection({
  opened() {
    onTheWay.clear();
    connection.send({ type: "hello", after: lastSeen });
  },
  heard(data) {
    ({ history: heardHistory, entry: heardEntry, kept: heardKept, refused: heardRefused })[data.type]?.(data);
  },
  changed(state, seconds) {
    const sentence = { online: "web-online", connecting: "web-connecting", offline: "web-offline", waiting: "web-reconnecting" }[state];
    the("state").textContent = say(sentence, { seconds });
    the("state").dataset.state = state;
    if (state !== "online") {
      showTyping(false);
      for (const waiting of queue.all()) drawing.settle(waiting.id, "unsent");
    }
  },
});

/* What the server says */

function heardHistory({ entries }) {
  the("log").setAttribute("aria-busy", String(!drawing.live));
  for (const entry of entries) take(entry);
  for (const waiting of queue.all()) show(waiting);
  if (!drawing.live) begin();
  flush();
}

function begin() {
  drawing.live = true;
  the("log").setAttribute("aria-busy", "false");
  newest.toEnd();
  const start = given.start && `start-${given.start.replace(/[^\w-]/g, "_").slice(0, 60)}`;
  if (start) {
    history.replaceState(null, "", "/chat");
    if (!drawing.has(start)) speak({ id: start, start: given.start });
  }
  photos.resume();
  the("welcome").hidden = !drawing.empty;
}

function heardEntry({ entry }) {
  const fresh = !drawing.has(entry.id);
  take(entry);
  if (entry.who === "person") return;
  showTyping(false);
  if (fresh && document.hidden) document.title = `(${(unread += 1)}) ${title}`;
  if (byKeyboard && entry.choices.length && !entry.replaces) {
    byKeyboard = false;
    drawing.focusChoices();
  }
}

function take(entry) {
  queue.remove(entry.id);
  photos.kept(entry.id);
  drawing.draw(entry);
  the("welcome").hidden = true;
  if (entry.who === "bot") lastSeen = entry.id;
}

function heardKept({ id, at }) {
  queue.remove(id);
  photos.kept(id);
  drawing.settle(id, "sent", at);
  clearTimeout(typing);
  typing = setTimeout(() => showTyping(true), TYPING_AFTER);
}

function heardRefused({ id, reason }) {
  queue.remove(id);
  if (reason === "upload-gone" && photos.again(id)) return;
  if (reason === "upload-gone") notify(say("web-photo-gone"));
  drawing.settle(id, "refused");
}

/* What the person says */

function speak(what) {
  const spoken = { id: newId(), at: Date.now(), ...what };
  queue.add(spoken);
  if (!queue.stored) notify(say("web-no-storage"));
  the("welcome").hidden = true;
  if (!what.start) for (const way of document.querySelectorAll(".elsewhere")) way.remove();
  show(spoken);
  flush();
}

function show({ id, at, text = "", button = "", pressed = "", start = "", album = "", order = 0, attachments = [] }) {
  const files = attachments.map(({ ref, name, mime }) => ({ name, mime, url: `/chat/upload/${ref}` }));
  const state = connection.online ? "sending" : "unsent";
  drawing.draw({ id, who: "person", at: new Date(at), text, button, pressed, start, album, order, files }, state);
}

/** Say all that is not kept yet, in order, once on each connection. */
function flush() {
  if (!connection.online) return;
  for (const { id, at: _, ...what } of queue.all()) {
    if (onTheWay.has(id) || !connection.send({ type: "say", id, ...what })) continue;
    onTheWay.add(id);
    drawing.settle(id, "sending");
    setTimeout(() => queue.all().some((waiting) => waiting.id === id) && drawing.settle(id, "unsent"), SLOW);
  }
}

function showTyping(on) {
  clearTimeout(typing);
  the("typing").hidden = !on;
  if (connection.online) the("state").textContent = say(on ? "web-replying" : "web-online");
  if (on) typing = setTimeout(() => showTyping(false), TYPING_AT_MOST);
  newest.stay();
}

function showProgress(number, all) {
  the("progress").hidden = number === 0;
  the("progress").firstElementChild.style.width = `${Math.min(100, (100 * number) / all)}%`;
}

function showLarge(source, name) {
  const image = the("viewer").querySelector("img");
  image.src = source;
  image.alt = name;
  the("viewer").showModal();
}

function notify(text) {
  the("notice").textContent = text;
  the("notice").hidden = false;
  clearTimeout(notify.timer);
  notify.timer = setTimeout(() => (the("notice").hidden = true), 12000);
}

/* The place to write */

const input = the("input");

function fit() {
  input.style.height = "auto";
  const borders = input.offsetHeight - input.clientHeight;
  input.style.height = `${Math.max(48, input.scrollHeight + borders)}px`;
  input.style.overflowY = input.scrollHeight > input.clientHeight + 1 ? "auto" : "hidden";
  the("composer").classList.toggle("empty", !input.value.trim());
}

function submit() {
  const text = input.value.trim();
  if (!text) return input.focus();
  input.value = "";
  queue.draft = "";
  fit();
  speak({ text });
  if (withMouse || document.activeElement === input) input.focus();
}

input.addEventListener("input", () => {
  queue.draft = input.value;
  fit();
});
input.addEventListener("keydown", (event) => {
  const composing = event.isComposing || event.keyCode === 229; // an input method is at work
  if (event.key !== "Enter" || event.shiftKey || composing || !withMouse) return;
  event.preventDefault();
  submit();
});
the("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
the("send").addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the keyboard up
input.value = queue.draft;
fit();
if (withMouse) input.focus();

for (const button of document.querySelectorAll("[data-say]")) {
  button.addEventListener("click", () => {
    openMenu(false);
    speak({ text: button.dataset.say });
  });
}

for (const chooser of [the("camera"), the("gallery")]) {
  chooser.addEventListener("change", () => {
    photos.add([...chooser.files]);
    chooser.value = "";
  });
}

addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length) return;
  event.preventDefault();
  photos.add(files);
});

let inside = 0; // dragenter and dragleave come for each element passed over
const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
const drop = (shown) => (the("drop").hidden = !shown);
addEventListener("dragenter", (event) => carriesFiles(event) && drop((inside += 1)));
addEventListener("dragleave", (event) => carriesFiles(event) && drop((inside -= 1)));
addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  drop((inside = 0));
  photos.add([...event.dataTransfer.files]);
});

/* The other ways in, until the talk has begun here */

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    await copy(button.dataset.copy, button);
    button.textContent = button.dataset.copied;
  });
}

async function copy(text, beside) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // On plain http there is no clipboard to write to: what is selected can still be copied.
    const field = beside.parentNode.appendChild(document.createElement("textarea"));
    field.className = "hidden";
    field.value = text;
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

/* The menu, and the size of the screen that the keyboard leaves */

function openMenu(open) {
  if (!the("menu")) return;
  the("menu").hidden = !open;
  the("menu-button").setAttribute("aria-expanded", String(open));
  if (open) the("menu").firstElementChild.focus();
}

the("menu-button")?.addEventListener("click", () => openMenu(the("menu").hidden));
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !the("menu") || the("menu").hidden) return;
  openMenu(false);
  the("menu-button").focus();
});
addEventListener("pointerdown", (event) => {
  if (!event.target.closest?.("#menu, #menu-button")) openMenu(false);
});

the("viewer").addEventListener("click", () => the("viewer").close());

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unread = 0;
  document.title = title;
});

function resize() {
  document.documentElement.style.setProperty("--height", `${visualViewport.height}px`);
  scrollTo(0, 0);
  newest.stay();
}

if (window.visualViewport) {
  visualViewport.addEventListener("resize", resize);
  resize();
}

connection.now();

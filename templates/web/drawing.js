/* The talk as it is seen: bubbles, days, choices, pictures, and what has not been sent yet. */

import { Choices, plainLabel, toggles } from "./choices.js";
import { element, icon, words } from "./elements.js";
import { documentCard, paper, picture } from "./files.js";

const JOINED = 3 * 60000; // milliseconds between two messages that look like one
const WHERE = /^\p{L}+ (\d{1,3})\/(\d{1,3})(?!\d|\/)/u; // "Câu 7/31 · …"

export class Drawing {
  /** press(message id, token, byKeyboard), again(), removePhoto(id), show(source, name) */
  constructor({ log, newest, say, language, timezone, press, again, removePhoto, show, progress }) {
    Object.assign(this, { log, newest, say, language, press, again, removePhoto, show, progress });
    this.records = new Map(); // by id of the entry
    this.albums = new Map();
    this.open = []; // records whose choices are not folded away
    this.last = null;
    this.live = false;
    this.time = new Intl.DateTimeFormat(language, { timeZone: timezone, hour: "2-digit", minute: "2-digit" });
    this.day = new Intl.DateTimeFormat("sv-SE", { timeZone: timezone }); // 2023-10-09
    this.dayInWords = new Intl.DateTimeFormat(language, {
      timeZone: timezone, weekday: "long", day: "2-digit", month: "2-digit", year: "numeric",
    });
  }

  get empty() {
    return this.records.size === 0;
  }

  has(id) {
    return this.records.has(id);
  }

  /** Show an entry; one that is shown already only changes its state. Returns whether it is new. */
  draw(entry, state = "sent") {
    if (this.records.has(entry.id)) {
      this.settle(entry.id, state, entry.at);
      return false;
    }
    if (entry.who === "bot") this.#drawBot(entry);
    else this.#drawPerson(entry, state);
    return true;
  }

  /** state: "sending", "unsent", "sent", "refused" */
  settle(id, state, at) {
    const record = this.records.get(id);
    if (!record?.meta || record.state === state) return;
    record.state = state;
    record.node.dataset.state = this.#worst(record);
    if (at) record.at = new Date(at);
    this.#drawMeta(record);
  }

  /** Show how far a photo is: "preparing", "waiting", "sending", "arrived", "failed", "refused". */
  drawPhoto({ id, state, part }) {
    const tile = this.records.get(id)?.tile;
    if (!tile) return;
    if (state === "refused") return this.#removeTile(id);
    tile.part = state === "arrived" ? 1 : part;
    tile.bar.style.width = `${Math.round(tile.part * 100)}%`;
    tile.words.textContent = state === "sending" ? `${Math.round(tile.part * 100)}%` : state === "arrived" ? "" : this.say("web-upload-waiting");
    tile.load.setAttribute("aria-valuenow", String(Math.round(tile.part * 100)));
    this.#drawMeta(this.records.get(id));
  }

  #drawBot(entry) {
    const target = this.records.get(entry.replaces);
    for (const record of this.open) record.choices.release();
    if (target?.entry?.who === "bot") {
      this.records.set(entry.id, target);
      return this.#change(target, entry);
    }
    if (entry.choices.length) this.#foldAnswered();
    this.progress(0, 1);
    const record = { id: entry.id, entry, at: new Date(entry.at), node: element("div", { class: "entry bot" }) };
    record.body = element("div", { class: "body" });
    record.meta = element("div", { class: "meta" });
    record.node.append(record.body, record.meta);
    this.records.set(entry.id, record);
    this.#fill(record);
    this.#place(record, "bot");
    this.#drawMeta(record);
    if (entry.choices.length) this.#addChoices(record);
  }

  #fill(record) {
    const { entry } = record;
    const parts = [element("span", { class: "hidden" }, `${this.say("web-bot")}: `)];
    if (entry.text) parts.push(element("div", { class: "bubble" }, words(entry.text, entry.strong, (line) => this.#styleOf(line, entry))));
    const pictures = entry.files.filter((file) => file.mime.startsWith("image/"));
    if (pictures.length) {
      const grid = element("div", { class: "pictures", "data-count": String(pictures.length) });
      grid.append(...pictures.map((file) => picture(file.url, file.name, this.say, this.show)));
      parts.push(grid);
    }
    for (const file of entry.files) {
      if (!file.mime.startsWith("image/")) parts.push(documentCard(file, this.say, this.language));
    }
    record.body.replaceChildren(...parts);
  }

  #styleOf(line, entry) {
    if (line.startsWith("✓ ")) return "echo";
    const where = entry.strong ? line.match(WHERE) : null;
    if (!where) return line ? "" : "gap";
    this.progress(Number(where[1]), Number(where[2]));
    return "where";
  }

  #change(record, entry) {
    const shown = record.entry;
    record.entry = { ...entry, id: shown.id };
    this.#becomeBox(record);
    const same = shown.text === entry.text && shown.strong === entry.strong && shown.files.length + entry.files.length === 0;
    if (!same) this.#fill(record);
    if (record.choices && entry.choices.length) return record.choices.update(entry);
    if (entry.choices.length) return this.#addChoices(record);
    record.choices?.remove();
    record.choices = null;
    this.open = this.open.filter((other) => other !== record);
  }

  // The first tick came as a button that was pressed; now it is a box, and no answer of its own.
  #becomeBox(record) {
    const answer = this.records.get(record.answer);
    const choice = record.entry.choices.find((one) => one.token === answer?.entry.button);
    if (!choice || !toggles(record.entry, choice)) return;
    answer.node.remove();
    record.answer = "";
    record.choices.answered = false;
    if (this.last.node === answer.node) this.last.who = "";
  }

  #addChoices(record) {
    record.choices = new Choices(record.entry, this.say, (token, byKeyboard) => this.press(record.id, token, byKeyboard));
    record.body.after(record.choices.node);
    this.open.push(record);
    this.newest.stay();
  }

  #foldAnswered() {
    for (const record of this.open.filter((one) => one.choices.answered)) record.choices.fold(record.meta);
    this.open = this.open.filter((record) => !record.choices.answered);
  }

  focusChoices() {
    const record = this.open[this.open.length - 1];
    record?.choices.focus();
    return record !== undefined;
  }

  #drawPerson(entry, state) {
    let { text } = entry;
    if (entry.button) {
      const target = this.records.get(entry.pressed);
      const choice = target?.entry?.choices?.find((one) => one.token === entry.button);
      if (choice && toggles(target.entry, choice)) {
        this.records.set(entry.id, { entry });
        return;
      }
      target?.choices?.mark(entry.button);
      if (target) target.answer = entry.id;
      text = choice ? plainLabel(choice) : this.say("web-pressed-unknown");
    }
    for (const record of this.open) record.choices.answered = true;
    if (entry.start) return this.#event(entry, this.say("web-came-by-link"));
    const album = entry.album ? this.albums.get(entry.album) : null;
    const record = album ?? this.#personRecord(entry);
    if (entry.files.length) this.#addTile(record, entry, state);
    else this.records.set(entry.id, record);
    if (text) record.body.append(element("div", { class: "bubble" }, words(text, "")));
    record.state = state;
    record.node.dataset.state = this.#worst(record);
    this.#drawMeta(record);
  }

  #personRecord(entry) {
    const record = { id: entry.id, entry, at: new Date(entry.at), tiles: new Map(), node: element("div", { class: "entry person" }) };
    record.body = element("div", { class: "body" }, element("span", { class: "hidden" }, `${this.say("web-you")}: `));
    record.meta = element("div", { class: "meta" });
    record.node.append(record.body, record.meta);
    if (entry.album) this.albums.set(entry.album, record);
    this.#place(record, "person");
    return record;
  }

  #event(entry, text) {
    const record = { entry, at: new Date(entry.at), node: element("p", { class: "event" }, text) };
    this.records.set(entry.id, record);
    this.#place(record, "nobody");
  }

  // Each photo is an entry of its own; those of one album are tiles of one.
  #addTile(record, entry, state) {
    const [file] = entry.files;
    if (!record.grid) {
      record.grid = element("div", { class: "pictures" });
      record.body.append(record.grid);
    }
    const isPicture = file.mime.startsWith("image/");
    const node = isPicture ? picture(file.url, file.name, this.say, this.show) : paper(file.name);
    const tile = { node, order: entry.order, part: state === "sent" ? 1 : 0 };
    tile.bar = element("span");
    tile.words = element("span", {}, this.say("web-upload-waiting"));
    tile.load = element("div", { class: "load", role: "progressbar", "aria-label": file.name, "aria-valuemin": "0", "aria-valuemax": "100", "aria-valuenow": "0" },
      element("span", { class: "track" }, tile.bar), tile.words);
    tile.drop = element("button", { type: "button", class: "drop-it", "aria-label": `${this.say("web-upload-remove")}: ${file.name}` }, icon("close"));
    tile.drop.addEventListener("click", () => {
      this.removePhoto(entry.id);
      this.#removeTile(entry.id);
    });
    if (state !== "sent") node.append(tile.load, tile.drop);
    const next = [...record.tiles.values()].find((other) => other.order > entry.order);
    record.grid.insertBefore(node, next?.node ?? null);
    record.tiles.set(entry.id, tile);
    record.grid.dataset.count = String(record.tiles.size);
    this.records.set(entry.id, this.#tileRecord(record, tile, state));
    this.newest.stay();
  }

  /** What settle() and drawPhoto() need of one photo, which shares its node with the album. */
  #tileRecord(record, tile, state) {
    tile.state = state;
    return {
      entry: record.entry, node: record.node, meta: record.meta, tile, album: record, tiles: record.tiles,
      get state() { return tile.state; },
      set state(value) {
        tile.state = value;
        if (value === "sent") {
          tile.part = 1;
          tile.load.remove();
          tile.drop.remove();
        }
      },
    };
  }

  #removeTile(id) {
    const record = this.records.get(id);
    if (!record?.tile) return;
    record.tile.node.remove();
    record.tiles.delete(id);
    this.records.delete(id);
    record.album.grid.dataset.count = String(record.tiles.size);
    if (record.tiles.size) this.#drawMeta(record);
    else record.node.remove();
  }

  #worst(record) {
    const states = record.tiles?.size ? [...record.tiles.values()].map((tile) => tile.state) : [record.state];
    return ["refused", "unsent", "sending"].find((state) => states.includes(state)) ?? "sent";
  }

  #drawMeta(record) {
    if (!record.meta) return;
    const { meta } = record;
    const state = record.entry.who === "bot" ? "told" : this.#worst(record);
    const at = (record.album ?? record).at;
    const time = element("time", { datetime: at.toISOString() }, this.time.format(at));
    meta.classList.toggle("needed", state !== "sent" && state !== "told");
    if (record.tiles?.size > 1 && state !== "sent") return this.#drawCount(record);
    if (state === "told") return meta.replaceChildren(time);
    if (state === "sent") return meta.replaceChildren(time, icon("check"), element("span", { class: "hidden" }, this.say("web-sent")));
    if (state === "sending") return meta.replaceChildren(icon("clock"), this.say("web-sending"));
    if (state === "refused") return meta.replaceChildren(this.say("web-refused"));
    meta.replaceChildren(icon("clock"), this.say("web-unsent"), this.#againButton());
  }

  #drawCount(record) {
    const tiles = [...record.tiles.values()];
    const done = tiles.filter((tile) => tile.state === "sent" || tile.part === 1).length;
    const counted = this.say("web-photos-sending", { done, all: tiles.length });
    const parts = [icon("clock"), counted];
    if (this.#worst(record) === "unsent") parts.push(this.#againButton());
    record.meta.replaceChildren(...parts);
  }

  #againButton() {
    const button = element("button", { type: "button", class: "again" }, icon("again"), this.say("web-send-again"));
    button.addEventListener("click", () => this.again());
    return button;
  }

  #place(record, who) {
    const day = this.day.format(record.at);
    if (day !== this.last?.day) this.log.append(element("div", { class: "day" }, this.#dayName(record.at, day)));
    else if (who === this.last.who && record.at - this.last.at < JOINED) {
      record.node.classList.add("joined");
      this.last.node.classList.add("followed");
    }
    this.log.append(record.node);
    this.last = { day, who, at: record.at, node: record.node };
    this.newest.added(record.node, { own: who !== "bot", live: this.live });
  }

  #dayName(at, day) {
    if (day === this.day.format(new Date())) return this.say("web-today");
    if (day === this.day.format(new Date(Date.now() - 864e5))) return this.say("web-yesterday");
    const name = this.dayInWords.format(at);
    return name[0].toUpperCase() + name.slice(1);
  }
}

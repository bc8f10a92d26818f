/* The page that takes files for a chat of another channel. */

import { element, icon } from "./elements.js";
import { Photos } from "./photos.js";
import { PhotoStore } from "./queue.js";

const PAUSE = 4000; // milliseconds before the server is told again

const the = (id) => document.getElementById(id);
const given = JSON.parse(the("given").textContent);
const rows = new Map(); // photo id -> what is seen of it
let received = 0;

/** A sentence of the page, {names} filled in. */
function say(key, values = {}) {
  return given.say[key].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

const photos = new Photos({
  at: `${given.path}/upload`,
  store: new PhotoStore(`gui.${given.talk}`),
  limit: given.limit,
  drawn,
  progress,
  arrived: tell,
  refused(reason, number) {
    refuse(reason, number);
    finish();
  },
});

function refuse(reason, number) {
  the("refusal").textContent = say(`web-upload-${reason}`, { limit: number, most: number });
  the("refusal").hidden = false;
}

function drawn(photo) {
  const look = /^image\/(jpeg|png|webp|gif)$/.test(photo.mime)
    ? element("img", { src: URL.createObjectURL(photo.blob), alt: "" })
    : icon("photo");
  const bar = element("progress", { max: "1", value: "0", "aria-label": photo.name });
  const state = element("span", { class: "file-state" }, say("web-gui-waiting"));
  const row = element("li", {}, look, element("span", { class: "file-name" }, photo.name), state, bar);
  rows.set(photo.id, { row, bar, state });
  the("files").append(row);
  the("done").hidden = true;
}

function progress(photo) {
  const { row, bar, state } = rows.get(photo.id);
  const sentence = { sending: "web-gui-sending", arrived: "web-gui-sending", failed: "web-gui-again", refused: "web-gui-refused" };
  row.dataset.state = photo.state;
  bar.value = photo.part;
  state.textContent = say(sentence[photo.state] ?? "web-gui-waiting");
  if (photo.state === "refused") bar.hidden = true;
}

/** All bytes are there: have the bot told, however often it takes. */
async function tell(photo) {
  const { id, name, mime, album, order } = photo;
  try {
    const response = await fetch(`${given.path}/done`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ id, name, mime, album, order }),
    });
    if (response.status === 409 && photos.again(id)) return;
    if (response.status === 410) return refuse("old");
    if (!response.ok) throw new Error(`status ${response.status}`);
    kept(photo);
  } catch {
    setTimeout(() => tell(photo), PAUSE);
  }
}

function kept(photo) {
  const { row, bar, state } = rows.get(photo.id);
  photos.kept(photo.id);
  row.dataset.state = "received";
  bar.hidden = true;
  state.textContent = say("web-gui-received");
  received += 1;
  finish();
}

/** When none is on its way any more, say how many have come. */
function finish() {
  if (photos.photos.size || !received) return;
  the("done").textContent = say("web-gui-done", { count: received, app: given.app });
  the("done").hidden = false;
  the("done").scrollIntoView({ block: "nearest", behavior: "smooth" });
}

for (const chooser of [the("gallery"), the("camera")]) {
  chooser.addEventListener("change", () => {
    the("refusal").hidden = true;
    photos.add([...chooser.files]);
    chooser.value = "";
  });
}

photos.resume();

/* Photos on their way to the server: made smaller, sent two at a time, gone on with after a cut. */

import { newId } from "./queue.js";

const AT_ONCE = 2;
const MOST = 30; // photos chosen at once
const LONG_EDGE = 2560; // pixels; enough for a full page in print
const SMALL_ENOUGH = 900000; // bytes; under this a photo goes as it is
const PAUSE = 4000; // milliseconds before a failed upload is tried again

export class Photos {
  /** at: where they go; drawn(photo): show it; progress(photo); arrived(photo): all bytes are there;
      refused(reason). */
  constructor({ at = "/chat/upload", store, limit, drawn, progress, arrived, refused }) {
    Object.assign(this, { at, store, limit, drawn, progress, arrived, refused });
    this.photos = new Map();
    this.running = 0;
    addEventListener("online", () => this.go());
  }

  /** Take up what an earlier page has left. */
  async resume() {
    for (const photo of await this.store.all()) this.#take(photo);
    this.go();
  }

  async add(files) {
    const chosen = files.slice(0, MOST);
    if (files.length > MOST) this.refused("too-many", MOST);
    const album = chosen.length > 1 ? newId() : "";
    const place = Date.now();
    const photos = chosen.map((file, order) => ({
      id: newId(),
      album,
      order,
      place: place + order / 1000,
      name: file.name || "photo.jpg",
      mime: file.type || "application/octet-stream",
      blob: file,
    }));
    // Kept before they are shown: what a person sees survives a reload, and a camera app that
    // pushes this page out of memory.
    await Promise.all(photos.map((photo) => this.store.put(this.#bare(photo))));
    for (const photo of photos) this.#take(photo);
    for (const photo of photos) await this.#prepare(photo);
  }

  /** The server has it in the inbox. */
  kept(id) {
    this.photos.delete(id);
    this.store.remove(id);
  }

  /** The server has lost the bytes: send them again, if they are still here. */
  again(id) {
    const photo = this.photos.get(id);
    if (!photo) return false;
    this.#change(photo, "waiting", 0);
    this.go();
    return true;
  }

  /** The person does not want to send it after all. */
  remove(id) {
    const photo = this.photos.get(id);
    photo?.request?.abort();
    this.kept(id);
  }

  go() {
    for (const photo of this.photos.values()) {
      if (this.running >= AT_ONCE) return;
      if (photo.state === "waiting") this.#run(photo);
    }
  }

  #take(photo) {
    if (this.photos.has(photo.id)) return;
    photo.state = photo.ready ? "waiting" : "preparing";
    photo.part = 0;
    this.photos.set(photo.id, photo);
    this.drawn(photo);
    if (photo.restored) this.#prepare(photo);
  }

  async #prepare(photo) {
    photo.blob = await smaller(photo);
    if (photo.blob.type && photo.blob.type !== photo.mime) {
      photo.mime = photo.blob.type;
      photo.name = photo.name.replace(/\.\w+$/, "") + ".jpg";
    }
    if (photo.blob.size > this.limit) {
      this.#change(photo, "refused", 0);
      this.kept(photo.id);
      this.refused("too-big", Math.floor(this.limit / 1e6));
      return;
    }
    photo.ready = true;
    if (!this.photos.has(photo.id)) return; // taken away meanwhile
    await this.store.put(this.#bare(photo));
    this.#change(photo, "waiting", 0);
    this.go();
  }

  async #run(photo) {
    this.running += 1;
    this.#change(photo, "sending", photo.part);
    try {
      await this.#upload(photo);
      this.#change(photo, "arrived", 1);
      this.arrived(photo);
    } catch (error) {
      this.#failed(photo, error);
    }
    this.running -= 1;
    this.go();
  }

  #failed(photo, error) {
    if (error.name === "Refused") {
      this.#change(photo, "refused", 0);
      this.kept(photo.id);
      this.refused(error.message, Math.floor(this.limit / 1e6));
      return;
    }
    if (!this.photos.has(photo.id)) return;
    this.#change(photo, "failed", photo.part);
    setTimeout(() => {
      if (photo.state !== "failed") return;
      this.#change(photo, "waiting", photo.part);
      this.go();
    }, PAUSE);
  }

  async #upload(photo) {
    const total = photo.blob.size;
    let have = await asked(`${this.at}?id=${photo.id}`);
    while (have < total) {
      have = await this.#send(photo, have, total);
    }
  }

  #send(photo, offset, total) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      photo.request = request;
      request.open("POST", `${this.at}?id=${photo.id}&offset=${offset}&total=${total}`);
      request.responseType = "json";
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.upload.onprogress = (event) =>
        this.#change(photo, "sending", (offset + event.loaded) / total);
      request.onload = () => {
        const answer = request.response ?? {};
        if (request.status === 200 || answer.error === "offset") resolve(answer.have);
        else reject(answer.error ? refusal(answer.error) : new Error(`status ${request.status}`));
      };
      request.onerror = request.onabort = request.ontimeout = () => reject(new Error("cut off"));
      request.send(photo.blob.slice(offset));
    });
  }

  #change(photo, state, part) {
    photo.state = state;
    photo.part = part;
    this.progress(photo);
  }

  #bare({ id, album, order, place, name, mime, blob, ready }) {
    return { id, album, order, place, name, mime, blob, ready, restored: !ready };
  }
}

function refusal(reason) {
  const error = new Error(reason);
  error.name = "Refused";
  return error;
}

async function asked(url) {
  const response = await fetch(url);
  if (response.ok) return (await response.json()).have;
  const { error } = await response.json().catch(() => ({}));
  throw error ? refusal(error) : new Error(`status ${response.status}`);
}

/** The photo upright and no larger than a report needs, without the place where it was taken. */
async function smaller({ blob }) {
  if (!/^image\/(jpeg|png|webp)$/.test(blob.type) || blob.size < SMALL_ENOUGH) return blob;
  try {
    const picture = await createImageBitmap(blob, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONG_EDGE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const paper = canvas.getContext("2d");
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const small = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.86));
    return small && small.size < blob.size ? small : blob;
  } catch {
    return blob; // HEIC, or a browser that cannot: the server can
  }
}

/* What the person has said and the server has not yet kept. It survives a reload, a closed page and
   an empty battery: words in localStorage, photos in IndexedDB. */

/** A new id. (crypto.randomUUID is missing on plain http, and a school's network is plain http.) */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Words and taps, in the order in which they were said. All windows of one talk share them. */
export class Queue {
  constructor(talk) {
    this.key = `chat.${talk}.queue`;
    this.draftKey = `chat.${talk}.draft`;
    this.inMemory = [];
    this.stored = this.#works();
  }

  all() {
    if (!this.stored) return [...this.inMemory];
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? [];
    } catch {
      return [];
    }
  }

  add(say) {
    this.#write([...this.all().filter((other) => other.id !== say.id), say]);
  }

  remove(id) {
    const left = this.all();
    if (left.some((say) => say.id === id)) this.#write(left.filter((say) => say.id !== id));
  }

  get draft() {
    return this.stored ? (localStorage.getItem(this.draftKey) ?? "") : "";
  }

  set draft(text) {
    if (!this.stored) return;
    if (text) localStorage.setItem(this.draftKey, text);
    else localStorage.removeItem(this.draftKey);
  }

  #write(list) {
    this.inMemory = list;
    if (!this.stored) return;
    try {
      localStorage.setItem(this.key, JSON.stringify(list));
    } catch {
      this.stored = false; // full: go on in memory
    }
  }

  #works() {
    try {
      localStorage.setItem("chat.works", "1");
      localStorage.removeItem("chat.works");
      return true;
    } catch {
      return false;
    }
  }
}

/** Photos that are on their way. Every method does nothing where the browser has no database. */
export class PhotoStore {
  constructor(talk) {
    this.talk = talk;
    this.database = new Promise((resolve) => {
      try {
        const request = indexedDB.open("chat", 1);
        request.onupgradeneeded = () => request.result.createObjectStore("photos", { keyPath: "id" });
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => resolve(null);
        request.onblocked = () => resolve(null);
      } catch {
        resolve(null);
      }
    });
  }

  async put(photo) {
    await this.#run("readwrite", (photos) => photos.put({ ...photo, talk: this.talk }));
  }

  async remove(id) {
    await this.#run("readwrite", (photos) => photos.delete(id));
  }

  async all() {
    const found = (await this.#run("readonly", (photos) => photos.getAll())) ?? [];
    return found.filter((photo) => photo.talk === this.talk).sort((a, b) => a.place - b.place);
  }

  async #run(mode, work) {
    const database = await this.database;
    if (!database) return undefined;
    return new Promise((resolve) => {
      try {
        const transaction = database.transaction("photos", mode);
        const request = work(transaction.objectStore("photos"));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onerror = () => resolve(undefined);
        transaction.onabort = () => resolve(undefined);
      } catch {
        resolve(undefined);
      }
    });
  }
}

/* Stays at the newest message, unless the person is reading further up. */

const NEAR = 90; // pixels from the end that still count as the end

export class Newest {
  constructor({ scroll, log, button, count, say }) {
    Object.assign(this, { scroll, log, button, count, say });
    this.stuck = true;
    this.unseen = 0;
    this.turn = null; // first message of an answer: its beginning stays in sight
    scroll.addEventListener("scroll", () => this.#moved(), { passive: true });
    button.addEventListener("click", () => this.toEnd());
    const resized = new ResizeObserver(() => this.stay());
    resized.observe(log);
    resized.observe(scroll);
  }

  /** Something was added; ``own`` when the person said it. */
  added(node, { own, live }) {
    if (own) {
      this.turn = null;
      if (live) this.stuck = true;
    } else if (live) {
      this.turn ??= node;
      if (!this.stuck) this.unseen += 1;
    }
    this.stay();
    this.#show();
  }

  stay() {
    if (!this.stuck) return;
    const end = this.scroll.scrollHeight - this.scroll.clientHeight;
    const top = this.turn ? this.turn.offsetTop - this.log.offsetTop : end;
    this.scroll.scrollTop = Math.min(end, Math.max(0, top));
    this.placed = this.scroll.scrollTop;
    this.height = this.scroll.scrollHeight;
    this.room = this.scroll.clientHeight;
  }

  toEnd() {
    this.turn = null;
    this.stuck = true;
    this.unseen = 0;
    this.stay();
    this.#show();
  }

  get #distance() {
    return this.scroll.scrollHeight - this.scroll.clientHeight - this.scroll.scrollTop;
  }

  #moved() {
    const { scrollHeight, clientHeight, scrollTop } = this.scroll;
    if (this.stuck && (scrollHeight !== this.height || clientHeight !== this.room)) return this.stay();
    if (this.stuck && Math.abs(scrollTop - this.placed) < 2) return this.#show(); // our own doing
    this.stuck = this.#distance < NEAR;
    if (this.stuck) {
      this.turn = null;
      this.unseen = 0;
    }
    this.#show();
  }

  #show() {
    this.button.hidden = this.#distance < NEAR;
    this.count.textContent = this.unseen ? this.say("web-new-messages", { count: this.unseen }) : "";
  }
}

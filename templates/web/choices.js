/* Ways to answer with one tap: buttons, or boxes to check where several may be chosen. */

import { element, icon } from "./elements.js";

const MARK = /^(☑|☒|✅|✔️?|✓|☐|⬜|▢)\s*/u;
const UNCHECKED = /^(☐|⬜|▢)/u;
const PATIENCE = 8000; // how long the other choices wait for an answer
const DOUBLE = 350; // two taps on a box within this are one

/** Tell whether pressing this choice of this message only checks or unchecks it. */
export function toggles(message, choice) {
  return message.multiple && MARK.test(choice.label);
}

export function plainLabel(choice) {
  return choice.label.replace(MARK, "");
}

export class Choices {
  /** press(token, byKeyboard) is called once per choice made. */
  constructor(message, say, press) {
    this.say = say;
    this.press = press;
    this.node = element("div", { class: "choices", role: "group", "aria-label": say("web-choices") });
    this.chosen = "";
    this.answered = false;
    this.tapped = new Set(); // boxes that were tapped since the server last said how they are
    this.unanswered = 0; // taps on boxes
    this.#build(message);
  }

  /** The message was changed: keep the elements, and the focus, where the choices are the same. */
  update(message) {
    const same =
      message.choices.length === this.message.choices.length &&
      message.choices.every((choice, i) => choice.token === this.message.choices[i].token);
    if (!same) return this.#build(message);
    this.message = message;
    this.unanswered = Math.max(0, this.unanswered - 1);
    this.#check();
  }

  /** Show which choice was made, here or in another window. */
  mark(token) {
    const button = this.buttons.get(token);
    if (!button || button.getAttribute("role") === "checkbox") return;
    this.chosen = token;
    for (const [other, node] of this.buttons) {
      node.classList.toggle("chosen", other === token);
      node.querySelector(".icon.tick")?.remove();
    }
    const tick = icon("check");
    tick.classList.add("tick");
    button.prepend(tick);
    this.#able(false);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.release(), PATIENCE);
  }

  /** The bot has answered: what was not chosen may be chosen again. */
  release() {
    clearTimeout(this.timer);
    if (!this.message.multiple || !this.chosen) this.#able(true);
  }

  /** Something newer is asked: fold these away; a button in ``place`` shows them again. */
  fold(place) {
    if (this.again) return;
    this.node.classList.add("old");
    const label = this.chosen
      ? this.say("web-chosen", { label: plainLabel(this.#choice(this.chosen)) })
      : this.say("web-choices-again");
    this.again = element("button", { type: "button", class: "choices-again", "aria-expanded": "false", "aria-label": label, title: label }, icon("more"));
    this.again.addEventListener("click", () => {
      this.node.hidden = !this.node.hidden;
      this.again.setAttribute("aria-expanded", String(!this.node.hidden));
    });
    place.prepend(this.again);
    this.node.hidden = true;
  }

  focus() {
    this.buttons.values().next().value?.focus({ preventScroll: true });
  }

  remove() {
    clearTimeout(this.timer);
    this.again?.remove();
    this.node.remove();
  }

  #choice(token) {
    return this.message.choices.find((choice) => choice.token === token);
  }

  #build(message) {
    const focused = this.node.contains(document.activeElement) ? document.activeElement.dataset.token : "";
    this.message = message;
    this.buttons = new Map();
    const boxes = message.choices.filter((choice) => toggles(message, choice));
    const answers = message.choices.filter((choice) => !boxes.includes(choice) && !choice.way);
    const ways = message.choices.filter((choice) => choice.way);
    const row = (name, choices) =>
      choices.length ? [element("div", { class: name }, ...choices.map((choice) => this.#button(choice, name)))] : [];
    this.chosen = "";
    this.node.classList.toggle("checks", boxes.length > 0);
    this.node.replaceChildren(
      ...boxes.map((choice) => this.#box(choice)),
      ...row(boxes.length ? "after-checks" : "answers", answers),
      ...row("ways", ways),
    );
    if (focused) this.buttons.get(focused)?.focus({ preventScroll: true });
  }

  #button(choice, row) {
    const outside = /^(https?:\/\/|\/(?!\/))/.test(choice.url);
    const button = outside
      ? element("a", { href: choice.url, target: "_blank", rel: "noopener noreferrer" }, choice.label, icon("open"))
      : element("button", { type: "button" }, choice.label);
    button.className = { "after-checks": "choice primary", answers: "choice", ways: "choice way" }[row];
    if (!outside) this.#listen(button, choice, (event) => this.#choose(choice.token, event));
    return button;
  }

  #box(choice) {
    const box = element("button", { type: "button", class: "check", role: "checkbox" },
      element("span", { class: "box" }, icon("check")), plainLabel(choice));
    box.setAttribute("aria-checked", String(!UNCHECKED.test(choice.label)));
    let tappedAt = 0;
    this.#listen(box, choice, (event) => {
      if (event.timeStamp - tappedAt < DOUBLE) return;
      tappedAt = event.timeStamp;
      const checked = box.getAttribute("aria-checked") !== "true";
      box.setAttribute("aria-checked", String(checked));
      this.tapped.add(choice.token);
      this.unanswered += 1;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.unanswered = 0;
        this.#check();
      }, PATIENCE);
      this.press(choice.token, event.detail === 0);
    });
    return box;
  }

  /** Show the boxes as the server has them; those just tapped only when every tap is answered. */
  #check() {
    if (this.unanswered === 0) this.tapped.clear();
    for (const choice of this.message.choices) {
      if (!toggles(this.message, choice) || this.tapped.has(choice.token)) continue;
      this.buttons.get(choice.token).setAttribute("aria-checked", String(!UNCHECKED.test(choice.label)));
    }
  }

  #listen(button, choice, pressed) {
    button.dataset.token = choice.token;
    this.buttons.set(choice.token, button);
    button.addEventListener("click", (event) => {
      if (button.getAttribute("aria-disabled") !== "true") pressed(event);
    });
  }

  #choose(token, event) {
    this.mark(token);
    this.press(token, event.detail === 0);
  }

  // aria-disabled keeps the focus where it is, for those who use the keyboard.
  #able(able) {
    for (const [token, button] of this.buttons) {
      if (able && token !== this.chosen) button.removeAttribute("aria-disabled");
      else button.setAttribute("aria-disabled", "true");
    }
  }
}

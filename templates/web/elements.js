/* Making elements. Text becomes text nodes and nothing else, whatever it contains. */

const SVG = "http://www.w3.org/2000/svg";
const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}…]/;
const CODE = /\b(?:[A-Z]{2}-[A-Z0-9]{6}|[A-Z0-9]{4}-[A-Z0-9]{4})\b/; // a receipt, an invitation
const PIECE = new RegExp(`${LINK.source}|${CODE.source}`, "g");

/** An element with attributes and children; children are elements or text. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== "" && value !== undefined && value !== false) made.setAttribute(name, value);
    else if (value === "" && name === "alt") made.setAttribute(name, "");
  }
  made.append(...children);
  return made;
}

/** An icon of the page's sheet of icons; only seen, never read out. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** Text of several lines; ``strong`` is the part to emphasise, ``styled`` names a line's class. */
export function words(text, strong, styled) {
  const paragraph = element("p", { class: "words" });
  const from = strong ? text.indexOf(strong) : -1;
  const to = from < 0 ? -1 : from + strong.length;
  let at = 0;
  for (const line of text.split("\n")) {
    const span = element("span", { class: styled?.(line) });
    addText(span, line.slice(0, Math.max(0, from - at)) || (from < 0 ? line : ""));
    if (from >= 0) {
      const [begin, end] = [Math.max(at, from), Math.min(at + line.length, to)];
      if (begin < end) {
        const emphasised = element("strong");
        addText(emphasised, text.slice(begin, end));
        span.append(emphasised);
      }
      if (to < at + line.length) addText(span, text.slice(Math.max(at, to), at + line.length));
    }
    paragraph.append(span);
    at += line.length + 1;
  }
  return paragraph;
}

function addText(parent, text) {
  let at = 0;
  for (const match of text.matchAll(PIECE)) {
    parent.append(text.slice(at, match.index));
    parent.append(
      LINK.test(match[0])
        ? element("a", { href: match[0], target: "_blank", rel: "noopener noreferrer" }, match[0])
        : element("span", { class: "code" }, match[0]),
    );
    at = match.index + match[0].length;
  }
  parent.append(text.slice(at));
}

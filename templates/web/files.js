/* Pictures and documents in the talk. */

import { element, icon } from "./elements.js";

const KINDS = [
  [/\.docx?$/i, "word", "Word", "DOC"],
  [/\.xlsx?$/i, "excel", "Excel", "XLS"],
  [/\.pdf$/i, "pdf", "PDF", "PDF"],
];

function kindOf(name) {
  const [, kind, words, letters] = KINDS.find(([pattern]) => pattern.test(name)) ?? ["", "", "", ""];
  const ending = name.match(/\.(\w{1,5})$/)?.[1].toUpperCase() ?? "";
  const sheet = element("span", { class: "sheet", "data-kind": kind, "aria-hidden": "true" }, letters || ending.slice(0, 4));
  return { words, ending, sheet };
}

/** A file that the person has sent and that is no picture. */
export function paper(name) {
  return element("div", { class: "picture paper" }, kindOf(name).sheet, element("span", { class: "name" }, name));
}

/** A card that downloads a document when it is pressed anywhere. */
export function documentCard(file, say, language) {
  const { words, ending, sheet } = kindOf(file.name);
  const size = element("span", { class: "size" }, words || ending);
  const card = element(
    "a",
    { class: "document", href: file.url, download: file.name },
    sheet,
    element("span", { class: "name" }, element("span", { class: "hidden" }, `${say("web-download")} `), file.name, size),
    element("span", { class: "get", title: say("web-download") }, icon("download")),
  );
  bytesOf(file.url).then((bytes) => {
    if (bytes) size.textContent = [words || ending, inWords(bytes, language)].filter(Boolean).join(" · ");
  });
  return card;
}

/** A picture that opens large. ``onfail`` is told when it is not a picture that a browser shows. */
export function picture(source, name, say, show) {
  const tile = element("div", { class: "picture" });
  const image = element("img", { src: source, alt: name, decoding: "async" });
  const large = element("button", { type: "button", "aria-label": `${say("web-photo-bigger")}: ${name}` }, image);
  large.addEventListener("click", () => show(image.src, name));
  image.addEventListener("error", () => {
    large.replaceWith(element("span", { class: "plain" }, icon("photo"), name));
  });
  tile.append(large);
  return tile;
}

async function bytesOf(url) {
  try {
    const response = await fetch(url, { method: "HEAD" });
    return response.ok ? Number(response.headers.get("Content-Length")) : 0;
  } catch {
    return 0;
  }
}

function inWords(bytes, language) {
  const [value, unit, digits] = bytes < 1e6 ? [Math.max(1, bytes / 1000), "KB", 0] : [bytes / 1e6, "MB", 1];
  return `${value.toLocaleString(language, { maximumFractionDigits: digits })} ${unit}`;
}

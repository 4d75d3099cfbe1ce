// The scene that the page was made from, and the elements that show it.
const byId = (id) => document.getElementById(id);
const scene = JSON.parse(byId("scene").textContent);
const figure = byId("figure");
const svgTag = "http://www.w3.org/2000/svg";

const nodes = new Map(scene.nodes.map((mark) => [mark.key, { mark, element: byId(`node-${mark.key}`) }]));
const lines = new Map(scene.lines.map((line) => [line.key, { line, element: byId(`line-${line.key}`) }]));

/** The entry of the node that an element of the figure belongs to, or undefined. */
function nodeOf(element) {
  const group = element.closest?.(".node");
  return group ? nodes.get(group.id.slice("node-".length)) : undefined;
}

const script = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵗ";
const onLine = (text) => [...text].map((c) => (script.includes(c) ? "0123456789−+t"[script.indexOf(c)] : c)).join("");

/** Put a text into an element, its steps such as ⁽³⁾ raised by the element's own font. */
function write(element, text) {
  const parts = text.split(/(⁽[^⁽⁾]*⁾)/);
  element.replaceChildren(...parts.filter(Boolean).map((part) => (part.at(-1) === "⁾" ? raised(part) : part)));
  return element;
}

const raised = (part) => make("sup", `(${onLine(part.slice(1, -1))})`);

/** An element with text and attributes; text is never read as markup. */
function make(tag, text = "", attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** The same for an element of the figure. */
function makeShape(tag, attributes = {}) {
  const element = document.createElementNS(svgTag, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

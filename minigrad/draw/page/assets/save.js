// The figure as it stands, as an SVG file of its own.
const kept = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity", "visibility",
  "font-family", "font-size", "font-style", "font-weight", "paint-order",
];

/** The figure with its computed colours written into it. */
function standalone() {
  const copy = figure.cloneNode(true);
  const [shown, copies] = [[figure, ...figure.querySelectorAll("*")], [copy, ...copy.querySelectorAll("*")]];
  shown.forEach((element, i) => {
    const style = getComputedStyle(element);
    if (style.display === "none") copies[i].setAttribute("data-hidden", "");
    for (const name of kept) copies[i].setAttribute(name, style.getPropertyValue(name).replaceAll('"', "'"));
    for (const name of ["class", "tabindex", "role", "aria-pressed"]) copies[i].removeAttribute(name);
  });
  for (const element of copy.querySelectorAll("[data-hidden]")) element.remove();
  const [w, h] = [content.w + 2 * margin, content.h + 2 * margin];
  for (const [name, value] of Object.entries({ width: w, height: h, viewBox: `${-margin} ${-margin} ${w} ${h}` })) {
    copy.setAttribute(name, value);
  }
  const fill = getComputedStyle(document.body).backgroundColor;
  copy.prepend(makeShape("rect", { x: -margin, y: -margin, width: w, height: h, fill }));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

/** Offer the figure for download. */
function save() {
  const address = URL.createObjectURL(new Blob([standalone()], { type: "image/svg+xml" }));
  const name = document.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  make("a", "", { href: address, download: `${name || "figure"}.svg` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
